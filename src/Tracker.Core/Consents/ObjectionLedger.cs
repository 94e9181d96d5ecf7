using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>
/// Objections (GDPR Art. 21). One to marketing, or to what belongs to it, is absolute and upheld at once; any other restricts
/// what rests on an interest until it is decided.
/// </summary>
public sealed class ObjectionLedger(LedgerAppender appender, NoAppender noes, ProfileLookup lookup)
{
    /// <summary>Recorded also of somebody unknown: what arrives later must meet it.</summary>
    public async Task<ConsentAppended> ObjectAsync(Caller caller, ObjectionDraft draft, CancellationToken cancellation)
    {
        Check(caller, draft);
        var who = await lookup.WhoSaysNoAsync(caller, draft.Profile!, cancellation);
        var request = new LedgerRequest
        {
            Caller = caller,
            RequestId = draft.RequestId,
            Identifiers = who.Identifiers,
            Named = who.Profile,
            StatedAt = draft.ObjectedAt,
            IsSame = stored => stored.State == ConsentState.Objected && stored.Purpose == draft.Purpose && stored.ContactChannels.SequenceEqual(draft.ContactChannels),
        };
        return await noes.AppendAsync(request, view => Decide(request, draft, view), cancellation);
    }

    public async Task<ConsentAppended> DecideAsync(Caller caller, ObjectionDecisionDraft draft, CancellationToken cancellation)
    {
        Check(caller, draft);
        var control = await lookup.GetAsync(caller, draft.Profile, cancellation);
        var request = new LedgerRequest
        {
            Caller = caller,
            RequestId = draft.RequestId,
            Named = control.Profile,
            IsSame = stored => (stored.State, stored.RefersTo, stored.AuthorityReference) == (draft.Decision, draft.Objection, draft.GroundsReference),
        };
        return await appender.AppendAsync(request, view => Decide(request, draft, view), cancellation);
    }

    private static LedgerStep Decide(LedgerRequest request, ObjectionDraft draft, LedgerView view) => view.Policy.IsOpenToObjection(draft.Purpose)
        ? new((view.NewEntry(request, LedgerKind.Objection, draft.Purpose, ConsentState.Objected) with { ContactChannels = draft.ContactChannels })
            .DateRefusal(draft.ObjectedAt, draft.SentAt))
        : throw RefusalException.NotObjectable(Enum.GetValues<Purpose>().Where(view.Policy.IsOpenToObjection));

    private static LedgerStep Decide(LedgerRequest request, ObjectionDecisionDraft draft, LedgerView view)
    {
        var objection = view.Get(draft.Objection!.Value);
        if (objection.State != ConsentState.Objected)
        {
            throw RefusalException.ConsentNotFound();
        }

        if (ObjectionSpan.IsAbsoluteTo(objection.Purpose, view.Policy.ObjectionReach))
        {
            throw RefusalException.InvalidRequest(
                [new("objection_id", "is about direct marketing or what belongs to it: that objection is absolute and nothing is left to decide (GDPR Art. 21(2), (3))")]);
        }

        if (view.Ledger.Any(entry => entry.RefersTo == objection.Id && entry.State == ConsentState.ObjectionUpheld))
        {
            throw RefusalException.InvalidRequest([new("objection_id", "was upheld; there is nothing left to decide")]);
        }

        return new(view.NewEntry(request, LedgerKind.Objection, objection.Purpose, draft.Decision) with
        {
            RefersTo = objection.Id,
            Actor = DecisionActor.Controller,
            AuthorityReference = draft.GroundsReference,
        });
    }

    private static void Check(Caller caller, ObjectionDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        violations.CheckRequest(draft.RequestId);
        violations.CheckProfile(draft.Profile, caller);
        violations.Require(draft.Purpose != Purpose.Unspecified, "purpose", "is required");
        violations.CheckChannels(draft.ContactChannels);
        violations.Require(
            draft.ContactChannels.Count == 0 || draft.Purpose == Purpose.DirectMarketing,
            "contact_channels",
            "must be empty for any purpose but DIRECT_MARKETING: other processing has no medium to object to alone");
        violations.CheckTime("objected_at", draft.ObjectedAt, isRequired: false);
        violations.CheckTime("sent_at", draft.SentAt, isRequired: false);
        violations.Refuse();
    }

    private static void Check(Caller caller, ObjectionDecisionDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        violations.CheckRequest(draft.RequestId);
        violations.CheckProfile(draft.Profile, caller);
        violations.Require(draft.Objection is not null, "objection_id", "is required");
        violations.Require(
            draft.Decision is ConsentState.ObjectionUpheld or ConsentState.ObjectionRejected,
            "decision",
            "must be OBJECTION_UPHELD or OBJECTION_REJECTED");
        violations.AddIf(
            "grounds_reference",
            Text.Check(draft.GroundsReference, DraftRules.MaxReference, isRequired: draft.Decision == ConsentState.ObjectionRejected));
        violations.Refuse();
    }
}
