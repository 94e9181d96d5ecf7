using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What a decision must state before the ledger looks at it.</summary>
internal static class ConsentRules
{
    public static void Check(ConsentDraft draft, DateTimeOffset now)
    {
        var violations = Violations.After(draft.Violations);
        violations.AddIf("request_id", Text.Check(draft.RequestId, 128, isRequired: true));
        violations.Require(draft.Identifiers.Count is >= 1 and <= Identifier.MaxTogether, "identifiers", $"must have 1 to {Identifier.MaxTogether} entries");
        violations.Require(
            draft.Identifiers.Count == 0 || draft.Identifiers.Any(identifier => identifier.Kind != IdentifierKind.Receipt),
            "identifiers",
            "must not be a receipt number only: it names a purchase and nobody who could consent");
        for (var i = 0; i < Math.Min(draft.Identifiers.Count, Identifier.MaxTogether); i++)
        {
            Check($"identifiers[{i}]", draft.Identifiers[i], violations);
        }

        violations.Require(draft.Purpose != Purpose.Unspecified, "purpose", "is required");
        violations.Require(draft.State is ConsentState.Given or ConsentState.Refused, "state", "must be GIVEN or REFUSED; use WithdrawConsent to withdraw");
        violations.Require(
            draft.Purpose != Purpose.DirectMarketing || draft.ContactChannels.Count > 0,
            "contact_channels",
            "must name at least one medium for DIRECT_MARKETING");
        CheckChannels(draft.ContactChannels, violations);
        CheckPast("decided_at", draft.DecidedAt, isRequired: true, now, violations);
        CheckPast("notice_shown_at", draft.NoticeShownAt, isRequired: true, now, violations);
        violations.AddIf("notice_id", Text.CheckName(draft.NoticeId, 64));
        violations.AddIf("notice_version", Text.CheckName(draft.NoticeVersion, 32));
        CheckEvidence(draft.Evidence, now, violations);
        violations.Refuse();
        CheckProof(draft);
    }

    public static void Check(WithdrawalDraft draft, DateTimeOffset now)
    {
        var violations = Violations.After(draft.Violations);
        violations.AddIf("request_id", Text.Check(draft.RequestId, 128, isRequired: true));
        violations.Require(draft.Profile is not null, "profile", "is required");
        violations.Require(
            draft.Profile?.Identifier?.Kind != IdentifierKind.Receipt,
            "profile.identifier",
            "must not be a receipt number: it names a purchase and nobody who could withdraw");
        if (draft.Profile?.Identifier is { } identifier)
        {
            Check("profile.identifier", identifier, violations);
        }

        violations.Require(draft.Purpose != Purpose.Unspecified, "purpose", "is required");
        CheckChannels(draft.ContactChannels, violations);
        CheckPast("decided_at", draft.DecidedAt, isRequired: false, now, violations);
        violations.Refuse();
    }

    private static void Check(string field, Identifier identifier, Violations violations)
    {
        violations.Require(identifier.Kind != IdentifierKind.Unspecified, $"{field}.kind", "is required");
        violations.AddIf($"{field}.value", IdentifierNormaliser.TryNormalise(identifier, out _));
    }

    private static void CheckChannels(IReadOnlyList<ContactChannel> channels, Violations violations)
    {
        violations.Require(!channels.Contains(ContactChannel.Unspecified), "contact_channels", "must not hold UNSPECIFIED");
        violations.Require(channels.Distinct().Count() == channels.Count, "contact_channels", "must name each medium once");
    }

    private static void CheckPast(string field, DateTimeOffset? at, bool isRequired, DateTimeOffset now, Violations violations)
    {
        violations.Require(at is not null || !isRequired, field, "is required");
        violations.Require(at is null || at <= now + SenderClock.Tolerance, field, "must not be more than five minutes in the future");
        violations.Require(at is null || at >= DateTimeOffset.UnixEpoch, field, "must not be before 1970");
    }

    private static void CheckEvidence(EvidenceDraft? evidence, DateTimeOffset now, Violations violations)
    {
        violations.Require(evidence is not null, "evidence", "is required (GDPR Art. 7(1))");
        if (evidence is null)
        {
            return;
        }

        violations.Require(evidence.Kind != EvidenceKind.Unspecified, "evidence.kind", "is required");
        violations.Require(evidence.Sha256.Length == 64 && evidence.Sha256.All(char.IsAsciiHexDigit), "evidence.sha256", "must have 64 hexadecimal digits");
        CheckPast("evidence.captured_at", evidence.CapturedAt, isRequired: true, now, violations);
        violations.AddIf("evidence.captured_by", Text.Check(evidence.CapturedBy, 64, isRequired: true));
    }

    /// <summary>What is well-formed and still no consent.</summary>
    private static void CheckProof(ConsentDraft draft)
    {
        if (draft.NoticeShownAt > draft.DecidedAt)
        {
            throw RefusalException.NoticeNotPrior();
        }

        if (draft.Evidence!.CapturedAt < draft.DecidedAt - SenderClock.Tolerance)
        {
            throw RefusalException.InvalidEvidence("evidence.captured_at is before decided_at: what was captured is proof of an earlier act, not of this decision.");
        }

        if (draft.Evidence is { Kind: EvidenceKind.Checkbox, DefaultChecked: not false })
        {
            throw RefusalException.InvalidEvidence("evidence.default_checked must be stated and false: a box ticked in advance is no consent (CJEU C-673/17).");
        }

        if (draft.Evidence!.BundledWith.Count > 0)
        {
            throw RefusalException.InvalidEvidence("evidence.bundled_with must be empty: a consent bundled with other terms is none (GDPR Art. 7(2)).");
        }
    }
}
