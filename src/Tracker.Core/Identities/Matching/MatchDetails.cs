using System.Globalization;
using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Identities.Matching;

/// <summary>What is stated of one profile, in the one spelling that is compared; empty: not stated. In memory only.</summary>
public sealed record MatchDetails(ProfileId Profile)
{
    // What it costs to compare two grows with the square of it.
    private const int MaxCompared = 120;

    public string GivenName { get; init; } = "";

    public string FamilyName { get; init; } = "";

    /// <summary>As yyyy-MM-dd.</summary>
    public string BirthDate { get; init; } = "";

    public string Address { get; init; } = "";

    public string City { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>As E.164.</summary>
    public string Phone { get; init; } = "";

    /// <param name="blocked">Values that are of nobody in particular, and say nothing; null: none.</param>
    public static MatchDetails Of(ProfileId profile, ContactDetails stated, BlockedIdentifiers? blocked = null) => new(profile)
    {
        GivenName = Spelling(stated.GivenName),
        FamilyName = Spelling(stated.FamilyName),
        BirthDate = stated.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        // A postal code alone is no street, and another than one with it.
        Address = stated.PostalAddress is { Lines.Count: > 0 } address ? Spelling(string.Join(' ', [.. address.Lines, address.PostalCode])) : "",
        City = Spelling(stated.PostalAddress?.Locality),
        Email = Reach(new(IdentifierKind.Email, stated.Email ?? ""), blocked),
        Phone = Reach(new(IdentifierKind.Phone, stated.Phone ?? ""), blocked),
    };

    /// <summary>Nothing is stated.</summary>
    public bool IsEmpty => MatchComparison.Fields.All(one => this[one].Length == 0);

    public string this[MatchField field] => field switch
    {
        MatchField.GivenName => GivenName,
        MatchField.FamilyName => FamilyName,
        MatchField.BirthDate => BirthDate,
        MatchField.Address => Address,
        MatchField.City => City,
        MatchField.Email => Email,
        _ => Phone,
    };

    /// <summary>Of an address what comes before the @.</summary>
    internal static string LocalPart(string email) => email.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? email[..at] : email;

    /// <summary>As the identifier of the same kind is hashed; what has no such form as it was written.</summary>
    private static string Reach(Identifier stated, BlockedIdentifiers? blocked) =>
        IdentifierNormaliser.TryNormalise(stated, region: null, out var normalised) is not null ? Spelling(stated.Value)
        : blocked?.Contains(stated.Kind, normalised) == true ? ""
        : normalised;

    private static string Spelling(string? text)
    {
        if (text is null)
        {
            return "";
        }

        // U+FFFE has no normal form.
        var words = text.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var spelled = string.Join(' ', words);
        return spelled.Length <= MaxCompared ? spelled : spelled[..MaxCompared];
    }
}
