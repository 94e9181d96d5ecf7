using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>The rules that every request about a person's decisions shares.</summary>
internal static class DraftRules
{
    public const int MaxReference = 64;

    public static void CheckRequest(this Violations violations, string requestId) =>
        violations.AddIf("request_id", Text.Check(requestId, 128, isRequired: true));

    public static void CheckIdentifiers(this Violations violations, IReadOnlyList<Identifier> identifiers, Caller caller)
    {
        violations.Require(identifiers.Count is >= 1 and <= Identifier.MaxTogether, "identifiers", $"must have 1 to {Identifier.MaxTogether} entries");
        violations.Require(
            identifiers.Count == 0 || identifiers.Any(identifier => identifier.Kind != IdentifierKind.Receipt),
            "identifiers",
            "must not be a receipt number only: it names a purchase and nobody who could consent");
        for (var i = 0; i < Math.Min(identifiers.Count, Identifier.MaxTogether); i++)
        {
            violations.CheckIdentifier($"identifiers[{i}]", identifiers[i], caller);
        }
    }

    public static void CheckProfile(this Violations violations, ProfileReference? profile, Caller caller)
    {
        violations.Require(profile is not null, "profile", "is required");
        violations.Require(
            profile?.Identifier?.Kind != IdentifierKind.Receipt,
            "profile.identifier",
            "must not be a receipt number: it names a purchase and nobody who could decide");
        if (profile?.Identifier is { } identifier)
        {
            violations.CheckIdentifier("profile.identifier", identifier, caller);
        }
    }

    public static void CheckChannels(this Violations violations, IReadOnlyList<ContactChannel> channels)
    {
        violations.Require(!channels.Contains(ContactChannel.Unspecified), "contact_channels", "must not hold UNSPECIFIED");
        violations.Require(channels.Distinct().Count() == channels.Count, "contact_channels", "must name each medium once");
    }

    /// <summary>A clock that is ahead is put up with: what it says counts from the arrival (E16).</summary>
    public static void CheckTime(this Violations violations, string field, DateTimeOffset? at, bool isRequired)
    {
        violations.Require(at is not null || !isRequired, field, "is required");
        violations.Require(at is null || at >= DateTimeOffset.UnixEpoch, field, "must not be before 1970");
    }

    public static void CheckActor(this Violations violations, DecisionActor actor, string authorityReference)
    {
        violations.Require(actor is DecisionActor.Unspecified or DecisionActor.Subject or DecisionActor.Guardian, "actor", "must be SUBJECT or GUARDIAN");
        violations.AddIf("authority_reference", Text.Check(authorityReference, MaxReference, isRequired: actor == DecisionActor.Guardian));
    }

    private static void CheckIdentifier(this Violations violations, string field, Identifier identifier, Caller caller)
    {
        violations.Require(identifier.Kind != IdentifierKind.Unspecified, $"{field}.kind", "is required");
        violations.AddIf($"{field}.value", IdentifierNormaliser.TryNormalise(identifier, caller.Region, out _));
    }
}
