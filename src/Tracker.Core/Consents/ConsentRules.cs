using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>What a decision must state before the ledger looks at it.</summary>
internal static class ConsentRules
{
    private static readonly Channel[] Online = [Channel.Web, Channel.App, Channel.Email, Channel.Messaging, Channel.Social];

    /// <summary>Whether what a source of that channel asks is asked by an information society service (GDPR Art. 8).</summary>
    public static bool IsOnline(Channel channel) => Online.Contains(channel);

    public static void Check(Caller caller, ConsentDraft draft, DateTimeOffset now)
    {
        var violations = Violations.After(draft.Violations);
        violations.CheckRequest(draft.RequestId);
        violations.CheckIdentifiers(draft.Identifiers, caller);
        violations.Require(draft.Purpose != Purpose.Unspecified, "purpose", "is required");
        violations.Require(
            draft.State is ConsentState.Given or ConsentState.Refused or ConsentState.Requested,
            "state",
            "must be GIVEN, REFUSED or REQUESTED; use WithdrawConsent to withdraw");
        violations.Require(
            draft.Purpose != Purpose.DirectMarketing || draft.ContactChannels.Count > 0,
            "contact_channels",
            "must name at least one medium for DIRECT_MARKETING");
        violations.CheckChannels(draft.ContactChannels);
        violations.CheckTime("decided_at", draft.DecidedAt, isRequired: true);
        violations.CheckTime("sent_at", draft.SentAt, isRequired: false);
        violations.CheckTime("notice_shown_at", draft.NoticeShownAt, isRequired: true);
        violations.AddIf("notice_id", Text.CheckName(draft.NoticeId, 64));
        violations.AddIf("notice_version", Text.CheckName(draft.NoticeVersion, 32));
        CheckScope(caller, draft, violations);
        violations.AddIf("age.birth_date", SubjectAge.CheckBirthDate(draft.Age?.BirthDate, now));
        var proof = Violations.After(draft.Violations);
        if (draft.State != ConsentState.Requested)
        {
            EvidenceRules.Check(draft.Evidence, draft.State == ConsentState.Given, proof);
        }

        Refuse(draft, violations, proof);
        CheckOrder(draft, now);
    }

    private static void CheckScope(Caller caller, ConsentDraft draft, Violations violations)
    {
        violations.AddIf("recipient", Text.Check(draft.Recipient, DraftRules.MaxReference));
        violations.Require(
            draft.Purpose != Purpose.ThirdPartySharing || draft.State != ConsentState.Given || draft.Recipient.Length > 0,
            "recipient",
            "is required for THIRD_PARTY_SHARING: there is no consent to share with anybody");
        violations.AddIf("controller", Text.Check(draft.Controller, DraftRules.MaxReference));
        violations.AddIf("purpose_text", draft.PurposeText.Length <= 4096 && Text.IsWhole(draft.PurposeText) ? null : "must have at most 4096 characters of well-formed Unicode");
        violations.CheckActor(draft.Actor, draft.AuthorityReference);
        violations.Require(!draft.IsOffline || !IsOnline(caller.Channel), "offline", "must not be stated by a source of an online channel");
        violations.Require(
            draft.Age is null || (draft.Age.Country.Length is 0 or 2 && draft.Age.Country.All(char.IsAsciiLetterUpper)),
            "age.country",
            "must be two capital letters of ISO 3166-1");
    }

    private static void Refuse(ConsentDraft draft, Violations violations, Violations proof)
    {
        if (violations.IsEmpty && !proof.IsEmpty && draft.Evidence is not null && draft.Violations.Count == 0)
        {
            throw RefusalException.InvalidEvidence(proof.Found);
        }

        violations.AddRange(proof.Found.Except(violations.Found));
        violations.Refuse();
    }

    /// <summary>What is well-formed and still no consent.</summary>
    private static void CheckOrder(ConsentDraft draft, DateTimeOffset now)
    {
        if (draft.NoticeShownAt > draft.DecidedAt)
        {
            throw RefusalException.NoticeNotPrior("after decided_at");
        }

        // A decision in the future counts from its arrival.
        var decidedAt = draft.DecidedAt < now ? draft.DecidedAt : now;
        if (draft.Evidence?.CapturedAt < decidedAt - SenderClock.Tolerance)
        {
            throw RefusalException.InvalidEvidence([new("evidence.captured_at", "must not be before decided_at: what was captured is proof of an earlier act, not of this decision")]);
        }

        if (DoubleOptIn.ProvesTooMuch(draft))
        {
            throw RefusalException.NotGranular("contact_channels", "must not hold both EMAIL and SMS for a DOUBLE_OPT_IN: a click shows who holds one address (Garante 330/2025)");
        }

        if (draft.State == ConsentState.Given && draft.Evidence?.ActedAt() < decidedAt - SenderClock.Tolerance)
        {
            throw RefusalException.InvalidEvidence([new("evidence", "must not show an act before decided_at: it is proof of an earlier decision, not of this one")]);
        }
    }
}
