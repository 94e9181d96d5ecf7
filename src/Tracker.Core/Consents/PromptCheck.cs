using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>
/// "May we ask?" Not for six months after a refusal, unless the notice has changed materially or the choice cannot be known
/// (Garante 231/2021, R-151), nor after a withdrawal, which no notice shortens. Not at all what the person has objected to, for
/// as long as that stands: the question would be the very use that was objected to (GDPR Art. 21(3); Cass. 11019/2021). Nor a
/// child what it cannot give alone (Art. 8), at the age for online services where the source is one.
/// </summary>
public sealed class PromptCheck(ProfileLookup lookup, PeopleReader people, OtherProfilesReader merged, INoticeStore notices, PolicyRegister policies, TimeProvider time)
{
    public async Task<PromptAnswer> CheckAsync(Caller caller, ProfileReference? reference, Purpose purpose, ContactChannel channel, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.CheckProfile(reference, caller);
        violations.Require(purpose != Purpose.Unspecified, "purpose", "is required");
        violations.Refuse();
        var now = time.GetUtcNow();
        var policy = policies.For(caller.Tenant);
        var control = await lookup.FindAsync(caller, reference, cancellation);
        var person = await merged.ReadAsync(control, cancellation);
        var age = person.AgeOf(control is null ? null : await people.ReadAgeAsync(control, cancellation));
        IReadOnlyList<ConsentEntry> ledger = control is null ? [] : await people.ReadLedgerAsync(caller.Tenant, control.Profile, cancellation);
        var history = Authority.AsKnownNow(person.Fold(ledger, Activity.Of(control, policy)), policy, age, caller.IsChildDirected);
        var noes = await NoesAsync(caller.Tenant, policy, [.. ledger.Concat(person.Noes).Where(entry => entry.IsAbout(purpose, channel))], cancellation);
        var standing = Gifts(history, purpose, channel, Named(caller, reference!), span => Ages.IsPaused(policy, age, span, now)).Concat(Objections(history, policy, purpose, channel)).Concat(noes).Concat(TooYoung(caller, policy, age, purpose))
            .Where(bar => bar.From <= now && now < bar.Until)
            .MaxBy(bar => bar.Until);
        return standing is { } bar
            ? new(MayAsk: false, bar.Reason, bar.Until == DateTimeOffset.MaxValue ? null : bar.Until)
            : new(MayAsk: true, noes.Select(no => no.Afterwards).DefaultIfEmpty(PromptReason.NoChoice).Max(), now);
    }

    private IReadOnlyList<IdentifierHash> Named(Caller caller, ProfileReference reference) =>
        reference.Identifier is { } identifier ? lookup.Hash(caller, [identifier], "profile.identifier") : [];

    /// <summary>What is given for one address, or waits for a click there, is nothing given for another.</summary>
    /// <param name="rests">Such a one is no reason not to ask a guardian (E13).</param>
    private static IEnumerable<PromptBar> Gifts(PermissionHistory history, Purpose purpose, ContactChannel channel, IReadOnlyList<IdentifierHash> named, Func<ConsentSpan, bool> rests) => history.Consents
        .Where(span => !rests(span) && span.Purpose == purpose && span.Controller.Length == 0 && IsAbout(span.ContactChannel, channel) && !Addresses.AreOthers(span.Addresses, named))
        .Select(span => new PromptBar(span.IsPending ? PromptReason.ConfirmationPending : PromptReason.ConsentInForce, span.From, span.Until));

    /// <summary>One to everything reaches what belongs to it as well (GDPR Art. 21(2)); one to a medium is about that medium.</summary>
    private static IEnumerable<PromptBar> Objections(PermissionHistory history, Policy policy, Purpose purpose, ContactChannel channel) => history.Objections
        .Where(span => span.Purpose == purpose
            ? IsAbout(span.ContactChannel, channel)
            : span.ContactChannel == ContactChannel.Unspecified && policy.ObjectionReach.TryGetValue(span.Purpose, out var reach) && reach.Contains(purpose))
        .Select(span => new PromptBar(PromptReason.Objected, span.From, span.Until));

    /// <summary>Until the birthdays from which the person decides alone, and may be profiled; of unknown age no day is known (E15).</summary>
    private static IEnumerable<PromptBar> TooYoung(Caller caller, Policy policy, SubjectAge? age, Purpose purpose)
    {
        if (age is null && !caller.IsChildDirected)
        {
            yield break;
        }

        PromptBar Until(PromptReason reason, Func<SubjectAge, int> years) =>
            new(reason, DateTimeOffset.MinValue, age is null ? DateTimeOffset.MaxValue : CalendarArithmetic.StartOf(age.Birthday(years(age)), policy.Zone));

        // No guardian's word permits the profile of a minor; elsewhere one may be asked.
        yield return Ages.IsBarredToMinors(policy, purpose)
            ? Until(PromptReason.MinorProfiling, _ => policy.Children.AdultAge)
            : Until(PromptReason.GuardianRequired, known => policy.Children.AgeFor(known, isOffline: !ConsentRules.IsOnline(caller.Channel)));
    }

    private async Task<List<PromptBar>> NoesAsync(TenantId tenant, Policy policy, IReadOnlyList<ConsentEntry> about, CancellationToken cancellation)
    {
        List<PromptBar> noes = [];
        foreach (var refusal in about.Where(entry => entry.State == ConsentState.Refused))
        {
            var (own, changed) = (policy.Add(refusal.LatestAt(), policy.ReaskAfter), await ChangedAtAsync(tenant, refusal, cancellation));
            noes.Add(changed < own
                ? new(PromptReason.Refused, refusal.EffectiveAt, changed.Value) { Afterwards = PromptReason.NoticeChanged }
                : new(PromptReason.Refused, refusal.EffectiveAt, own));
        }

        if (about.Where(entry => entry.State == ConsentState.Withdrawn).MaxBy(entry => entry.LatestAt()) is { } withdrawal)
        {
            noes.Add(new(PromptReason.Withdrawn, withdrawal.EffectiveAt, policy.Add(withdrawal.LatestAt(), policy.ReaskAfter)));
        }

        return noes;
    }

    /// <summary>When a version of the notice that says something materially new comes into use.</summary>
    private async Task<DateTimeOffset?> ChangedAtAsync(TenantId tenant, ConsentEntry refusal, CancellationToken cancellation) => refusal.NoticeId is null
        ? null
        : (await notices.ListAsync(tenant, refusal.NoticeId, cancellation))
            .Where(notice => notice.Scope.IsMaterialChange && notice.EffectiveAt > refusal.EffectiveAt)
            .Select(notice => (DateTimeOffset?)notice.EffectiveAt)
            .Min();

    private static bool IsAbout(ContactChannel covered, ContactChannel asked) =>
        asked == ContactChannel.Unspecified || covered == ContactChannel.Unspecified || covered == asked;
}
