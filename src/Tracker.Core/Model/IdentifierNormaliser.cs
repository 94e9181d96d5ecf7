using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using PhoneNumbers;

namespace Tracker.Core.Model;

/// <summary>
/// Brings an identifier into the one form that is hashed, so that " Mario.Rossi@Example.COM " is the same person as
/// "mario.rossi@example.com", and refuses what names nobody: thousands of tills send "null" for a missing card.
/// </summary>
public static class IdentifierNormaliser
{
    public const int MaxLength = 256;

    private static readonly FrozenSet<string> Placeholders = new[]
    {
        "null", "nil", "none", "undefined", "unknown", "anonymous", "anon", "guest", "na", "nan", "n/a", "false", "true",
        "not provided", "not available", "[object object]",
    }.ToFrozenSet(StringComparer.Ordinal);

    private const string PhoneForm =
        "must be a telephone number without letters or extension: \"+\" and country code, or a national one where the source has a region (Region of the source)";

    private const string PhoneLength = "must be a telephone number of a length that its country has: digits are missing or too many (a national one is read in the Region of the source)";

    // A mapping by the strict rules of UTS #46 as far as the runtime offers them; what fails it is no domain.
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    /// <summary>Whether telephone numbers of that region can be read.</summary>
    public static bool IsRegion(string region) => Phones.GetSupportedRegions().Contains(region);

    /// <param name="identifier">As it was sent.</param>
    /// <param name="region">Of a telephone number that states no country; null: there is none.</param>
    /// <param name="normalised">What is hashed; empty if refused.</param>
    /// <returns>What is wrong with the identifier; null if nothing is.</returns>
    public static string? TryNormalise(Identifier identifier, string? region, out string normalised)
    {
        normalised = "";
        if (Text.Check(identifier.Value, MaxLength, isRequired: true) is { } finding)
        {
            return finding;
        }

        if (!Text.IsWhole(identifier.Value))
        {
            return Text.NoLostCharacters;
        }

        var folded = identifier.Value.Normalize(NormalizationForm.FormKC).Trim();
        if (IsPlaceholder(folded))
        {
            return "is empty or a placeholder (such as null, undefined, 0000, anonymous, -), which names nobody";
        }

        if (identifier.Kind == IdentifierKind.Phone)
        {
            return TryPhone(folded, region, out normalised);
        }

        normalised = identifier.Kind switch
        {
            IdentifierKind.Email => Email(folded),
            IdentifierKind.LoyaltyCard => string.Concat(folded.Where(char.IsLetterOrDigit)).ToUpperInvariant(),
            _ => folded,
        };
        return normalised.Length > 0 ? null : WhatIsAllowed(identifier.Kind);
    }

    private static string WhatIsAllowed(IdentifierKind kind) => kind switch
    {
        IdentifierKind.Email => "must be an e-mail address: local part, \"@\", domain",
        _ => "must contain letters or digits",
    };

    private static bool IsPlaceholder(string folded)
    {
        var lower = folded.ToLowerInvariant();
        var hasMeaning = lower.Any(c => char.IsLetterOrDigit(c) && c != '0');
        return !hasMeaning || Placeholders.Contains(lower);
    }

    private static string Email(string folded)
    {
        var at = folded.LastIndexOf('@');
        if (at < 1 || at == folded.Length - 1 || folded.Any(char.IsWhiteSpace) || folded.IndexOf('@', StringComparison.Ordinal) != at)
        {
            return "";
        }

        try
        {
            var domain = Idn.GetAscii(folded[(at + 1)..].TrimEnd('.')).ToLowerInvariant();
            return domain.Contains('.', StringComparison.Ordinal) ? $"{folded[..at].ToLowerInvariant()}@{domain}" : "";
        }
        catch (ArgumentException)
        {
            return "";
        }
    }

    /// <summary>Possible and not valid: ranges are opened before a library knows of them.</summary>
    private static string? TryPhone(string folded, string? region, out string normalised)
    {
        normalised = "";
        if (!folded.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '.' or '/' or '(' or ')'))
        {
            return PhoneForm;
        }

        try
        {
            // What dials abroad is the region's own: "00" in most, and a country code behind something else in others.
            var number = Phones.Parse(region is null && folded.StartsWith("00", StringComparison.Ordinal) ? $"+{folded[2..]}" : folded, region);
            if (Phones.IsPossibleNumberWithReason(number) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE)
            {
                return PhoneLength;
            }

            var form = Phones.Format(number, PhoneNumberFormat.E164);
            // What reads as another number once it is written out ("00 480 557" in Australia) is the form of none.
            normalised = Phones.Format(Phones.Parse(form, defaultRegion: null), PhoneNumberFormat.E164) == form ? form : "";
            return normalised.Length > 0 ? null : PhoneForm;
        }
        catch (NumberParseException unread)
        {
            return unread.ErrorType is ErrorType.INVALID_COUNTRY_CODE or ErrorType.NOT_A_NUMBER ? PhoneForm : PhoneLength;
        }
    }
}
