using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>
/// Ends a consent without the person: it was found never to have been one, and nothing kept on it may stay, or the controller
/// stops what it was given for.
/// </summary>
public sealed class ConsentClosing(LedgerAppender appender, ProfileLookup lookup)
{
    public async Task<ConsentAppended> CloseAsync(Caller caller, ClosingDraft draft, CancellationToken cancellation)
    {
        Check(caller, draft);
        var control = await lookup.GetAsync(caller, draft.Profile, cancellation);
        var request = new LedgerRequest
        {
            Caller = caller,
            RequestId = draft.RequestId,
            Named = control.Profile,
            IsSame = stored => stored.RefersTo == draft.Consent
                && (stored.State, stored.EndReason, stored.AuthorityReference) == (draft.State, draft.Reason, draft.AuthorityReference),
        };
        return await appender.AppendAsync(request, view => Decide(request, draft, view), cancellation);
    }

    private static LedgerStep Decide(LedgerRequest request, ClosingDraft draft, LedgerView view)
    {
        var consent = view.Get(draft.Consent!.Value);
        if (consent is not { Kind: LedgerKind.Consent, IsGift: true })
        {
            throw RefusalException.ConsentNotFound();
        }

        return new(view.NewEntry(request, LedgerKind.Consent, consent.Purpose, draft.State) with
        {
            ContactChannels = consent.ContactChannels,
            Recipient = consent.Recipient,
            Controller = consent.Controller,
            RefersTo = consent.Id,
            EndReason = draft.Reason,
            Actor = draft.Reason == EndReason.Authority ? DecisionActor.Authority : DecisionActor.Controller,
            AuthorityReference = draft.AuthorityReference,
        });
    }

    private static void Check(Caller caller, ClosingDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        violations.CheckRequest(draft.RequestId);
        violations.CheckProfile(draft.Profile, caller);
        violations.Require(draft.Consent is not null, "consent_id", "is required");
        violations.Require(
            draft.State is ConsentState.Invalidated or ConsentState.RevokedByController,
            "state",
            "must be INVALIDATED or REVOKED_BY_CONTROLLER; the person withdraws with WithdrawConsent");
        violations.Require(
            draft.State == ConsentState.RevokedByController
                ? draft.Reason == EndReason.PurposeStopped
                : draft.Reason is EndReason.Minor or EndReason.EvidenceVoid or EndReason.Authority,
            "reason",
            "must be MINOR, EVIDENCE_VOID or AUTHORITY for INVALIDATED, and PURPOSE_STOPPED for REVOKED_BY_CONTROLLER");
        violations.AddIf("authority_reference", Text.Check(draft.AuthorityReference, DraftRules.MaxReference, isRequired: true));
        violations.Refuse();
    }
}
