using Tracker.Core.Consents;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>Says what a merge would do before anybody does it; writes nothing.</summary>
public sealed class MergePreviewer(PersonMerger merger, IConsentStore consents, PeopleReader people, PolicyRegister policies, TimeProvider time)
{
    public async Task<MergePreview> PreviewAsync(Caller caller, MergeDraft draft, Purpose purpose, CancellationToken cancellation)
    {
        var policy = policies.For(caller.Tenant);
        var violations = PersonRules.Check(draft, policy.Identity);
        violations.CheckRead(purpose);
        violations.Refuse();
        var (first, second, person) = await merger.ReadAsync(caller, draft, cancellation);
        if (person.Between(first, second) is not null)
        {
            return new(person.Profiles, [], []);
        }

        var ledgers = await consents.ReadAsync(caller.Tenant, person.Profiles, cancellation);
        var ages = await people.ReadAgesAsync(caller.Tenant, person.Controls, cancellation);
        List<(Control Control, IReadOnlyList<ConsentEntry> Ledger, SubjectAge? Age)> all = [.. person.Controls.Zip(ledgers, (control, ledger) => (control, ledger, ages.GetValueOrDefault(control.Profile)))];
        var now = time.GetUtcNow();
        return new(person.Profiles, person.Bars(policy.Identity), [.. all.SelectMany(one => Consequences(one, all, policy, now))]);
    }

    private static IEnumerable<MergeConsequence> Consequences(
        (Control Control, IReadOnlyList<ConsentEntry> Ledger, SubjectAge? Age) one,
        List<(Control Control, IReadOnlyList<ConsentEntry> Ledger, SubjectAge? Age)> all,
        Policy policy,
        DateTimeOffset now)
    {
        var activity = Activity.Of(one.Control, policy);
        List<(Control Control, IReadOnlyList<ConsentEntry> Ledger, SubjectAge? Age)> others = [.. all.Where(other => other.Control.Profile != one.Control.Profile)];
        var before = OtherProfiles.Of([.. others.Where(other => one.Control.Members.Contains(other.Control.Profile))], policy);
        var after = OtherProfiles.Of(others, policy);
        IReadOnlyList<ConsentSpan> left = after.Fold(one.Ledger, activity).Consents;
        var ended = before.Fold(one.Ledger, activity).Consents.Where(span => span.Until > now)
            .Join(left.Where(span => span.Until <= now), Key, Key, (_, span) => span)
            .ToLookup(span => span.EndedBy);
        var known = before.Noes.Select(no => no.Id).ToHashSet();
        var (ageBefore, ageAfter) = (before.AgeOf(one.Age), after.AgeOf(one.Age));
        return
        [
            .. after.Noes.Where(no => !known.Contains(no.Id)).SelectMany(no => OfNo(one.Control.Profile, no, [.. ended[no.Id]])),
            .. ageAfter == ageBefore
                ? []
                : OfMinority(one.Control.Profile, others.MaxBy(other => other.Age?.BirthDate).Control.Profile, ageBefore, ageAfter, left, policy, now),
        ];
    }

    private static IEnumerable<MergeConsequence> OfNo(ProfileId profile, ConsentEntry no, IReadOnlyList<ConsentSpan> ended) => ended.Count > 0
        ? ended.Select(span => new MergeConsequence(profile, no.Profile, no, no.Purpose, span.ContactChannel, span.Id))
        : [new(profile, no.Profile, no, no.Purpose, no.ContactChannels is [var only] ? only : ContactChannel.Unspecified, null)];

    /// <summary>The consents that a minor could not give, also of one who has come of age since, and the purposes that are barred to minors whatever was given.</summary>
    private static IEnumerable<MergeConsequence> OfMinority(
        ProfileId profile,
        ProfileId minor,
        SubjectAge? before,
        SubjectAge? after,
        IReadOnlyList<ConsentSpan> consents,
        Policy policy,
        DateTimeOffset now)
    {
        List<ConsentSpan> ended =
        [
            .. consents.Where(span => span.Until > now && !MayCarry(policy, after, span, now) && MayCarry(policy, before, span, now)),
        ];
        var barred = policy.Purposes.Keys
            .Where(purpose => Ages.IsProfileOfMinor(policy, purpose, after, isChildDirected: false, now) && !Ages.IsProfileOfMinor(policy, purpose, before, isChildDirected: false, now))
            .Except(ended.Select(span => span.Purpose))
            .Order();
        return
        [
            .. ended.Select(span => new MergeConsequence(profile, minor, null, span.Purpose, span.ContactChannel, span.Id)),
            .. barred.Select(purpose => new MergeConsequence(profile, minor, null, purpose, ContactChannel.Unspecified, null)),
        ];
    }

    private static bool MayCarry(Policy policy, SubjectAge? age, ConsentSpan consent, DateTimeOffset now) =>
        !Ages.IsVoid(policy, age, isChildDirected: false, consent) && !Ages.IsPaused(policy, age, consent, now);

    private static (ConsentId, ContactChannel) Key(ConsentSpan span) => (span.Id, span.ContactChannel);
}
