using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>What a withdrawal must state: never more than giving needs (GDPR Art. 7(3), R-035).</summary>
internal static class WithdrawalRules
{
    public static void Check(Caller caller, WithdrawalDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        violations.CheckRequest(draft.RequestId);
        violations.CheckProfile(draft.Profile, caller);
        violations.Require(draft.Purpose != Purpose.Unspecified || draft.Consent is not null, "purpose", "is required, or consent_id instead");
        violations.CheckChannels(draft.ContactChannels);
        violations.AddIf("recipient", Text.Check(draft.Recipient, DraftRules.MaxReference));
        violations.CheckActor(draft.Actor, draft.AuthorityReference);
        violations.CheckTime("decided_at", draft.DecidedAt, isRequired: false);
        violations.CheckTime("sent_at", draft.SentAt, isRequired: false);
        violations.Refuse();
    }
}
