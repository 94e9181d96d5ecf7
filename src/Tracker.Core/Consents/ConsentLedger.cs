using Microsoft.Extensions.Options;
using Tracker.Core.Consents.Proof;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>The append-only ledger of what people decided (GDPR Art. 7).</summary>
public sealed class ConsentLedger(LedgerAppender appender, NoAppender noes, NoticeCheck notices, ProfileLookup lookup, IOptions<ConsentOptions> options, TimeProvider time)
{
    private static readonly Violation OtherAge = new("age", "says otherwise than what was recorded with this evidence; a corrected birth date is stated in an interaction (content.contact.birth_date) or with evidence of its own");

    public async Task<ConsentAppended> RecordAsync(Caller caller, ConsentDraft draft, CancellationToken cancellation)
    {
        ConsentRules.Check(caller, draft, time.GetUtcNow());
        var (identifiers, blocked) = draft.State == ConsentState.Refused
            ? await lookup.HashForNoAsync(caller, draft.Identifiers, "identifiers", cancellation)
            : (lookup.Hash(caller, draft.Identifiers, "identifiers"), []);
        var notice = await notices.GetAsync(caller, draft, cancellation);
        var (waiting, atOnce) = DoubleOptIn.Part(draft);
        DoubleOptIn.CheckAddresses(draft, waiting.ContactChannels, identifiers);
        if (waiting.ContactChannels.Count == 0 || atOnce.ContactChannels.Count == 0)
        {
            return await AppendAsync(Request(caller, identifiers, draft, draft.ContactChannels) with { Blocked = blocked }, draft, notice, draft.ContactChannels, cancellation);
        }

        // What waits comes first, under the request's own key: where it is refused, nothing of the act is kept. A retry completes it.
        var asked = await AppendAsync(Request(caller, identifiers, waiting, draft.ContactChannels), waiting, notice, draft.ContactChannels, cancellation);
        var rest = Request(caller, identifiers, atOnce, draft.ContactChannels) with { RequestId = $"at-once/{caller.Source}/{draft.RequestId}", IsOwn = true };
        var given = await AppendAsync(rest, atOnce, notice, draft.ContactChannels, cancellation);
        return asked with { AtOnce = given.Entry, ConsentEpoch = given.ConsentEpoch };
    }

    /// <param name="act">All media of the act, of which the draft may have some.</param>
    private static LedgerRequest Request(Caller caller, IReadOnlyList<IdentifierHash> identifiers, ConsentDraft draft, IReadOnlyList<ContactChannel> act) => new()
    {
        Caller = caller,
        RequestId = draft.RequestId,
        Identifiers = identifiers,
        StatedAt = draft.DecidedAt,
        IsSame = stored => IsAnswer(stored, draft)
            && !Addresses.AreOthers(stored.Addresses, identifiers)
            && stored.WholeAct.SequenceEqual(act)
            && string.Equals(stored.Evidence?.Sha256, draft.Evidence?.Sha256, StringComparison.OrdinalIgnoreCase)
            && (stored.PurposeText, stored.AuthorityReference) == (draft.PurposeText, draft.AuthorityReference),
        IsKnown = (stored, view) => IsAgeKnown(draft, stored, view),
    };

    private Task<ConsentAppended> AppendAsync(LedgerRequest request, ConsentDraft draft, ShownNotice notice, IReadOnlyList<ContactChannel> act, CancellationToken cancellation) =>
        draft.State == ConsentState.Refused
            ? noes.AppendAsync(request, view => Decide(request, draft, notice, act, view), cancellation)
            : appender.AppendAsync(request, view => Decide(request, draft, notice, act, view), cancellation);

    /// <summary>
    /// Recorded also where no consent is known: it must defeat an older one that an offline till delivers later.
    /// </summary>
    public async Task<ConsentAppended> WithdrawAsync(Caller caller, WithdrawalDraft draft, CancellationToken cancellation)
    {
        WithdrawalRules.Check(caller, draft);
        var who = await lookup.WhoSaysNoAsync(caller, draft.Profile!, cancellation);
        var request = new LedgerRequest
        {
            Caller = caller,
            RequestId = draft.RequestId,
            Identifiers = who.Identifiers,
            Named = who.Profile,
            StatedAt = draft.DecidedAt,
            IsSame = stored => IsAnswer(stored, draft),
        };
        return await noes.AppendAsync(request, view => Decide(request, draft, view), cancellation);
    }

    private LedgerStep Decide(LedgerRequest request, ConsentDraft draft, ShownNotice shown, IReadOnlyList<ContactChannel> act, LedgerView view)
    {
        if (draft.Evidence is not null && FindSameProof(request, draft, view) is { } known)
        {
            return IsAgeKnown(draft, known, view) ? LedgerStep.Known(known) : throw RefusalException.InvalidRequest([OtherAge]);
        }

        var entry = ToEntry(request, draft, shown, view) with { ActChannels = act.Count == draft.ContactChannels.Count ? [] : act };
        if (draft.State != ConsentState.Given)
        {
            Authority.CheckRefusal(view, entry);
            return new LedgerStep(entry) { Details = KeptDetails(draft, view.Now) };
        }

        view.CheckIsOwn(entry with { ContactChannels = act });
        // A late consent overwrites no newer statement, and is judged by that.
        var age = view.Policy.Children.Stating(view.Age, draft.Age, entry.EffectiveAt);
        var gift = Authority.CheckGift(view.Policy, view.Person.AgeOf(age), entry, shown.Notice.Scope.IsChildLanguage, request.Caller.IsChildDirected);
        var step = new LedgerStep(gift) { Details = KeptDetails(draft, view.Now), Age = age == view.Age ? null : age };
        return DoubleOptIn.IsNeeded(gift) ? ToConfirm(request, step, draft.Age is { } said ? said with { StatedAt = entry.EffectiveAt } : null, view) : step with { Entry = Renewing(gift, shown, view) };
    }

    /// <summary>A corrected birth date is not answered as recorded (E14). Only a yes is recorded with an age; what a request says that waits for its click is not known yet.</summary>
    private static bool IsAgeKnown(ConsentDraft draft, ConsentEntry stored, LedgerView view) =>
        draft.State != ConsentState.Given
        || stored.State == ConsentState.PendingConfirmation
        || draft.Age is null
        || view.Policy.Children.Stating(view.Age, draft.Age, stored.EffectiveAt)!.IsSame(view.Age);

    /// <summary>
    /// A double click or a retry under another request id: the same proof is the same decision (E24). A no that is said again
    /// is another one, though the banner tells the same of it: a yes may have come between.
    /// </summary>
    private static ConsentEntry? FindSameProof(LedgerRequest request, ConsentDraft draft, LedgerView view)
    {
        var proof = draft.Evidence!.ToEvidence(draft.SentAt, view.Now);
        if (draft.State == ConsentState.Given && view.Ledger.Any(entry => entry.Kind == LedgerKind.Consent && entry.IsGift && entry.Purpose != draft.Purpose && IsSameAct(proof, entry, view)))
        {
            throw RefusalException.NotGranular("evidence", "is of an act that was recorded for another purpose; each purpose needs an act of its own (EDPB 05/2020)");
        }

        return view.Ledger.FirstOrDefault(entry => entry.Kind == LedgerKind.Consent && entry.Evidence?.Sha256 == proof.Sha256
            // One form may have two addresses, each of which is a decision of its own.
            && !Addresses.AreOthers(entry.Addresses, request.Identifiers)
            && (draft.State == ConsentState.Given || entry.StatedAt == draft.DecidedAt?.ToStored()) && IsAnswer(entry, draft));
    }

    /// <summary>
    /// One signal of a banner and one list of a partner hold an answer to each purpose; any other proof has one for each control,
    /// and a click on a link no control at all. Of what was confirmed here the request is the act: its own entry is soon gone.
    /// </summary>
    private static bool IsSameAct(Evidence proof, ConsentEntry stored, LedgerView view)
    {
        if (stored.Evidence is not { } known || known.ControlId != proof.ControlId || proof.Kind is EvidenceKind.CmpSignal or EvidenceKind.PartnerFeed)
        {
            return false;
        }

        return known.Sha256 == proof.Sha256
            || (stored.IsConfirmation && view.Open(stored)?.DoubleOptIn?.RequestSha256 == proof.Sha256);
    }

    private LedgerStep ToConfirm(LedgerRequest request, LedgerStep step, SubjectAge? stated, LedgerView view)
    {
        var waiting = DoubleOptIn.Media(step.Entry);
        var addresses = string.Join(' ', request.Identifiers.Where(hash => hash.Kind is IdentifierKind.Email or IdentifierKind.Phone));
        var earlier = view.Ledger.LastOrDefault(entry =>
            entry.State == ConsentState.PendingConfirmation
            && entry.RecordedAt > view.Now - options.Value.ConfirmationInterval
            && IsSameScope(entry, step.Entry)
            && (entry.IsExplicit || !step.Entry.IsExplicit)
            && waiting.All(medium => view.History.Consents.Any(span => span.Id == entry.Id && span.ContactChannel == medium && span.Until > view.Now))
            // A message to one address shows nothing of another.
            && waiting.All(medium => DoubleOptIn.AddressOf(medium, view.Open(entry)?.AddressHash ?? "") == DoubleOptIn.AddressOf(medium, addresses)));
        if (earlier is not null)
        {
            return LedgerStep.Known(earlier);
        }

        var asked = step.Entry with { State = ConsentState.PendingConfirmation, ConfirmBy = view.Policy.Add(view.Now, view.Policy.ConfirmationValidity) };
        return step with
        {
            Entry = asked,
            Details = (step.Details ?? new()) with { AddressHash = addresses, Age = step.Age is null ? null : stated },
            // Anybody may have typed it: what it says of the person counts with the click, as the consent does (C8).
            Age = null,
            Tokens = [.. Confirmable(asked, waiting, view).Select(ConfirmationToken.New)],
        };
    }

    /// <summary>A message that asks to confirm what the person has said no to since is sent for nothing, and unlawfully (E44).</summary>
    /// <exception cref="RefusalException">Nothing of it can be confirmed any more.</exception>
    private static List<ContactChannel> Confirmable(ConsentEntry asked, IReadOnlyList<ContactChannel> waiting, LedgerView view)
    {
        var history = view.Person.Fold([.. view.Ledger, asked], Activity.Of(view.Control, view.Policy));
        List<ContactChannel> open = [.. waiting.Where(medium => history.Consents.Any(span => span.Id == asked.Id && span.ContactChannel == medium && span.Until > view.Now))];
        return open.Count > 0 ? open : throw RefusalException.WithdrawalIntervened();
    }

    /// <summary>A renewal is a new act under the notice in use; what it supersedes stays the proof of what was collected under it.</summary>
    private static ConsentEntry Renewing(ConsentEntry entry, ShownNotice shown, LedgerView view)
    {
        var superseded = view.Ledger.LastOrDefault(other =>
            other.State is ConsentState.Given or ConsentState.Renewed
            && other.EffectiveAt < entry.EffectiveAt
            && IsSameScope(other, entry)
            && !Addresses.AreOthers(other.Addresses, entry.Addresses)
            && view.History.Consents.Any(span => span.Id == other.Id && !span.IsPending && span.Until > entry.EffectiveAt));
        return shown.IsCurrent && superseded is not null ? entry with { State = ConsentState.Renewed, RefersTo = superseded.Id } : entry;
    }

    private static LedgerStep Decide(LedgerRequest request, WithdrawalDraft draft, LedgerView view)
    {
        var meant = draft.Consent is { } id ? view.Get(id) : null;
        var entry = (view.NewEntry(request, LedgerKind.Consent, meant?.Purpose ?? draft.Purpose, ConsentState.Withdrawn) with
        {
            // One act is undone by one: which part of it waits and which does not is no matter of the person's (GDPR Art. 7(3)).
            ContactChannels = meant?.WholeAct ?? draft.ContactChannels,
            Recipient = meant?.Recipient ?? draft.Recipient,
            RefersTo = meant?.Id,
            Actor = Decider(draft.Actor),
            AuthorityReference = draft.AuthorityReference,
        }).DateRefusal(draft.DecidedAt, draft.SentAt, named: meant is { IsGift: true } ? meant.ProvedAt() : null);
        Authority.CheckRefusal(view, entry);
        return new(entry);
    }

    private static ConsentEntry ToEntry(LedgerRequest request, ConsentDraft draft, ShownNotice shown, LedgerView view)
    {
        var entry = view.NewEntry(request, LedgerKind.Consent, draft.Purpose, draft.State) with
        {
            ContactChannels = draft.ContactChannels,
            // A no is taken from whomever it comes, and for all addresses.
            Addresses = draft.State == ConsentState.Given ? ContactAddress.Of(draft.ContactChannels, request.Identifiers) : [],
            RetentionTerm = draft.State == ConsentState.Given ? shown.Notice.TermOfConsent(draft.Purpose) ?? StatedTerms.OfConsent(view.Policy, draft.Purpose) : null,
            LinksEarlierVisits = draft.State == ConsentState.Given && shown.Notice.Scope.LinksEarlierVisits && (draft.Purpose is Purpose.Profiling or Purpose.Personalisation),
            Recipient = draft.Recipient,
            Controller = shown.Controller,
            Actor = Decider(draft.Actor),
            AuthorityReference = draft.AuthorityReference,
            IsExplicit = draft.IsExplicit,
            IsOffline = draft.IsOutsideOnlineServices(),
            NoticeId = draft.NoticeId,
            NoticeVersion = draft.NoticeVersion,
            NoticeShownAt = draft.NoticeShownAt!.Value < view.Now ? draft.NoticeShownAt.Value.ToStored() : view.Now,
            PurposeText = draft.PurposeText,
            Evidence = draft.Evidence?.ToEvidence(draft.SentAt, view.Now),
        };
        return draft.State == ConsentState.Refused ? entry.DateRefusal(draft.DecidedAt, draft.SentAt) : DateGift(entry, draft, view);
    }

    private static ConsentEntry DateGift(ConsentEntry gift, ConsentDraft draft, LedgerView view)
    {
        var effectiveAt = LedgerClock.OfGift(Later(draft.DecidedAt!.Value, draft.Evidence?.ActedAt()), draft.NoticeShownAt, draft.SentAt, view.Now).ToStored();
        // A choice in a banner is one of a device: it counts for a year, also of somebody who comes back (IT-CKC-1).
        var isOfDevice = draft.Evidence?.Kind == EvidenceKind.CmpSignal;
        return gift with { EffectiveAt = effectiveAt, ValidUntil = isOfDevice ? view.Policy.Add(effectiveAt, view.Policy.DeviceConsentValidity) : null };
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;

    private static EvidenceDetails? KeptDetails(ConsentDraft draft, DateTimeOffset now) =>
        draft.Evidence?.Details is { } details && details != new EvidenceDetails() ? details.ToKept(now) : null;

    private static bool IsSameScope(ConsentEntry a, ConsentEntry b) =>
        a.Purpose == b.Purpose && a.Recipient == b.Recipient && a.Controller == b.Controller && a.ContactChannels.ToHashSet().SetEquals(b.ContactChannels);

    private static DecisionActor Decider(DecisionActor stated) => stated == DecisionActor.Guardian ? DecisionActor.Guardian : DecisionActor.Subject;

    /// <summary>What it decides, and on which notice; a notice that an entry refers to stays, and so does the controller that it names.</summary>
    private static bool IsAnswer(ConsentEntry stored, ConsentDraft draft) =>
        stored.Kind == LedgerKind.Consent
        && (draft.State == ConsentState.Given ? stored.IsGift : stored.State == draft.State)
        && stored.Purpose == draft.Purpose && stored.Recipient == draft.Recipient && stored.ContactChannels.SequenceEqual(draft.ContactChannels)
        && stored.Actor == Decider(draft.Actor)
        && (stored.IsExplicit, stored.IsOffline) == (draft.IsExplicit, draft.IsOutsideOnlineServices())
        && (stored.NoticeId, stored.NoticeVersion) == (draft.NoticeId, draft.NoticeVersion);

    private static bool IsAnswer(ConsentEntry stored, WithdrawalDraft draft) =>
        stored is { Kind: LedgerKind.Consent, State: ConsentState.Withdrawn }
        && stored.RefersTo == draft.Consent && stored.Actor == Decider(draft.Actor) && stored.AuthorityReference == draft.AuthorityReference
        && (draft.Consent is not null
            || (stored.Purpose == draft.Purpose && stored.Recipient == draft.Recipient && stored.ContactChannels.SequenceEqual(draft.ContactChannels)));
}
