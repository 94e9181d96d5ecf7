using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Identities.Matching;

/// <summary>What is stated of one profile, in the one spelling that is compared; empty: not stated. In memory only.</summary>
public sealed record MatchDetails(ProfileId Profile)
{
    public string GivenName { get; init; } = "";

    public string FamilyName { get; init; } = "";

    /// <summary>As yyyy-MM-dd.</summary>
    public string BirthDate { get; init; } = "";

    public string Address { get; init; } = "";

    public string City { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>As E.164.</summary>
    public string Phone { get; init; } = "";

    public static MatchDetails Of(ProfileId profile, ContactDetails stated) => new(profile)
    {
        GivenName = Spelling(stated.GivenName),
        FamilyName = Spelling(stated.FamilyName),
        BirthDate = stated.BirthDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "",
        Address = Spelling(string.Join(' ', [.. stated.PostalAddress?.Lines ?? [], stated.PostalAddress?.PostalCode])),
        City = Spelling(stated.PostalAddress?.Locality),
        Email = Spelling(stated.Email),
        Phone = stated.Phone ?? "",
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

    private static string Spelling(string? text) => text is null ? "" : string.Join(' ', text.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
