using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles.Persons;

/// <summary>Says what a merge would do before anybody does it; writes nothing.</summary>
public sealed class MergePreviewer(PersonMerger merger, IConsentStore consents, PolicyRegister policies, TimeProvider time)
{
    public async Task<MergePreview> PreviewAsync(Caller caller, MergeDraft draft, Purpose purpose, CancellationToken cancellation)
    {
        var violations = PersonRules.Check(draft);
        violations.CheckRead(purpose);
        violations.Refuse();
        var (first, second, person) = await merger.ReadAsync(caller, draft, cancellation);
        if (person.Between(first, second) is not null)
        {
            return new(person.Profiles, [], []);
        }

        var ledgers = await consents.ReadAsync(caller.Tenant, person.Profiles, cancellation);
        List<(Control Control, IReadOnlyList<ConsentEntry> Ledger)> all = [.. person.Controls.Zip(ledgers)];
        return new(person.Profiles, person.Bars(policies.For(caller.Tenant).Identity), [.. all.SelectMany(one => Consequences(one, all, policies.For(caller.Tenant), time.GetUtcNow()))]);
    }

    private static IEnumerable<MergeConsequence> Consequences(
        (Control Control, IReadOnlyList<ConsentEntry> Ledger) one,
        List<(Control Control, IReadOnlyList<ConsentEntry> Ledger)> all,
        Policy policy,
        DateTimeOffset now)
    {
        var activity = Activity.Of(one.Control, policy);
        var before = Of(all, other => one.Control.Members.Contains(other), policy);
        var after = Of(all, other => other != one.Control.Profile, policy);
        var ended = before.Fold(one.Ledger, activity).Consents.Where(span => span.Until > now)
            .Join(after.Fold(one.Ledger, activity).Consents.Where(span => span.Until <= now), Key, Key, (_, span) => span)
            .ToLookup(span => span.EndedBy);
        var known = before.Noes.Select(no => no.Id).ToHashSet();
        foreach (var no in after.Noes.Where(no => !known.Contains(no.Id)))
        {
            List<ConsentSpan> spans = [.. ended[no.Id]];
            foreach (var span in spans)
            {
                yield return new(one.Control.Profile, no, span.ContactChannel, span.Id);
            }

            if (spans.Count == 0)
            {
                yield return new(one.Control.Profile, no, no.ContactChannels is [var only] ? only : ContactChannel.Unspecified, null);
            }
        }
    }

    private static OtherProfiles Of(List<(Control Control, IReadOnlyList<ConsentEntry> Ledger)> all, Func<ProfileId, bool> isOne, Policy policy) =>
        OtherProfiles.Of([.. all.Where(other => isOne(other.Control.Profile)).Select(other => (other.Control, other.Ledger, (SubjectAge?)null))], policy);

    private static (ConsentId, ContactChannel) Key(ConsentSpan span) => (span.Id, span.ContactChannel);
}
