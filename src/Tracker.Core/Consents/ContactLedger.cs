using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.Proofs;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>What else decides on contacting a person: an address given in a sale, and the public register of objections.</summary>
public sealed class ContactLedger(LedgerAppender appender, NoticeCheck notices, ProfileLookup lookup, TimeProvider time)
{
    public async Task<ConsentAppended> NoteSoftOptInAsync(Caller caller, SoftOptInDraft draft, CancellationToken cancellation)
    {
        Check(caller, draft);
        var notice = await notices.GetAsync(caller, draft, cancellation);
        var identifiers = lookup.Hash(caller, draft.Identifiers, "identifiers");
        var request = new LedgerRequest
        {
            Caller = caller,
            RequestId = draft.RequestId,
            Identifiers = identifiers,
            StatedAt = draft.GivenAt,
            IsSame = stored => stored.State == ConsentState.Noted && stored.SoftOptIn == draft.Terms
                && !Addresses.AreOthers(stored.Addresses, identifiers)
                && (stored.NoticeId, stored.NoticeVersion) == (draft.NoticeId, draft.NoticeVersion),
        };
        return await appender.AppendAsync(
            request,
            view =>
            {
                var noted = view.NewEntry(request, LedgerKind.SoftOptIn, Purpose.DirectMarketing, ConsentState.Noted) with
                {
                    ContactChannels = [ContactChannel.Email],
                    Addresses = ContactAddress.Of(ContactChannel.Email, request.Identifiers),
                    SoftOptIn = draft.Terms,
                    RetentionTerm = notice.TermOfSoftOptIn ?? StatedTerms.OfSoftOptIn(view.Policy),
                    EffectiveAt = LedgerClock.OfGift(draft.GivenAt!.Value, draft.NoticeShownAt, draft.SentAt, view.Now).ToStored(),
                    NoticeId = draft.NoticeId,
                    NoticeVersion = draft.NoticeVersion,
                    NoticeShownAt = NotAfter(view.Now, draft.NoticeShownAt!.Value),
                };
                view.CheckIsOwn(noted);
                return new(noted);
            },
            cancellation);
    }

    /// <summary>NOT_FOUND if there is nobody: a look into the register makes nobody known.</summary>
    public async Task<ConsentAppended> NoteRegisterCheckAsync(Caller caller, RegisterCheckDraft draft, CancellationToken cancellation)
    {
        Check(caller, draft, time.GetUtcNow());
        var control = await lookup.GetAsync(caller, draft.Profile, cancellation);
        var request = new LedgerRequest
        {
            Caller = caller,
            RequestId = draft.RequestId,
            Named = control.Profile,
            StatedAt = draft.CheckedAt,
            IsSame = stored => stored.State == ConsentState.Checked && stored.ListedSince == draft.ListedSince?.ToStored(),
        };
        return await appender.AppendAsync(
            request,
            view => new(view.NewEntry(request, LedgerKind.RegisterCheck, Purpose.DirectMarketing, ConsentState.Checked) with
            {
                ContactChannels = [ContactChannel.PhoneOperator, ContactChannel.AutoCall],
                Actor = DecisionActor.Controller,
                EffectiveAt = NotAfter(view.Now, draft.CheckedAt!.Value),
                ListedSince = draft.ListedSince?.ToStored(),
            }),
            cancellation);
    }

    private static DateTimeOffset NotAfter(DateTimeOffset recordedAt, DateTimeOffset at) => at < recordedAt ? at.ToStored() : recordedAt;

    private static void Check(Caller caller, SoftOptInDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        violations.CheckRequest(draft.RequestId);
        violations.CheckIdentifiers(draft.Identifiers, caller);
        violations.Require(
            draft.Identifiers.Count == 0 || draft.Identifiers.Any(identifier => identifier.Kind == IdentifierKind.Email),
            "identifiers",
            "must hold an e-mail address: art. 130(4) speaks of nothing else");
        violations.CheckTime("given_at", draft.GivenAt, isRequired: true);
        violations.CheckTime("sent_at", draft.SentAt, isRequired: false);
        Check(draft.Terms, violations);
        violations.AddIf("notice_id", Text.CheckName(draft.NoticeId, 64));
        violations.AddIf("notice_version", Text.CheckName(draft.NoticeVersion, 32));
        violations.CheckTime("notice_shown_at", draft.NoticeShownAt, isRequired: true);
        violations.Refuse();
        if (draft.NoticeShownAt > draft.GivenAt)
        {
            throw RefusalException.NoticeNotPrior("after given_at");
        }
    }

    /// <summary>An address without one of the conditions carries nothing, and nothing is kept that carries nothing .</summary>
    private static void Check(SoftOptInTerms? terms, Violations violations)
    {
        violations.Require(terms is not null, "terms", "is required: art. 130(4) Codice Privacy lets use an address on these terms only");
        violations.Require(terms is not { IsAddressFromSubject: false }, "terms.address_from_subject", "must be true: the person gave the address (art. 130(4) Codice Privacy)");
        violations.Require(terms is not { IsSale: false }, "terms.in_sale", "must be true: the address was given in a sale (art. 130(4) Codice Privacy)");
        violations.Require(
            terms is not { WasInformed: false },
            "terms.informed",
            "must be true: the use for own similar products and the right to refuse it were told then (art. 130(4) Codice Privacy)");
    }

    private static void Check(Caller caller, RegisterCheckDraft draft, DateTimeOffset now)
    {
        var violations = Violations.After(draft.Violations);
        violations.CheckRequest(draft.RequestId);
        violations.CheckProfile(draft.Profile, caller);
        violations.CheckTime("checked_at", draft.CheckedAt, isRequired: true);
        violations.CheckTime("listed_since_at", draft.ListedSince, isRequired: false);
        violations.Require(!(draft.CheckedAt > now + SenderClock.Tolerance), "checked_at", "must not be more than five minutes in the future");
        violations.Require(!(draft.ListedSince > draft.CheckedAt), "listed_since_at", "must not be after checked_at");
        violations.Refuse();
    }
}
