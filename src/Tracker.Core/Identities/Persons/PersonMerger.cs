using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Identities.Persons;

/// <summary>
/// Makes two profiles one person, takes that back, and says that they are two. Nothing moves: a link is added, every no of one counts for the other from the
/// answer on, and what may no longer be kept with it is deleted by a review.
/// </summary>
public sealed class PersonMerger(ProfileLookup lookup, PersonReader reader, IPersonStore store, PolicyRegister policies, SecondPass passes, TimeProvider time)
{
    // Consents and merges of the same people move them; ten in a row are no race any more.
    private const int MaxAttempts = 10;

    private static readonly Violation TheSame = new("second", "must not be the same profile as first");

    /// <returns>The person; as it is where a link between the two is in force.</returns>
    /// <exception cref="RefusalException">Something stands against it.</exception>
    public async Task<LinkedPerson> MergeAsync(Caller caller, MergeDraft draft, CancellationToken cancellation)
    {
        PersonRules.Check(draft, policies.For(caller.Tenant).Identity).Refuse();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (first, second, person) = await ReadAsync(caller, draft, cancellation);
            if (person.Between(first, second) is not null)
            {
                return new(person.Profiles, person.Links) { IsRepeat = true };
            }

            if (person.Bars(policies.For(caller.Tenant).Identity) is { Count: > 0 } bars)
            {
                throw RefusalException.MergeRefused([.. bars.Select(bar => PersonRules.Say(bar, policies.For(caller.Tenant).Identity))]);
            }

            var now = time.GetUtcNow().ToStored();
            var change = person.With(ProfileLink.Between(first, second, caller.Source, draft.CaseReference, person.After(now)), passes.From(now));
            if (await store.ChangeAsync(change, cancellation))
            {
                return Of(change, first);
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    /// <returns>The person that is left around the named profile; as it is where that link was taken back before.</returns>
    public async Task<LinkedPerson> UnmergeAsync(Caller caller, UnmergeDraft draft, CancellationToken cancellation)
    {
        PersonRules.Check(draft, policies.For(caller.Tenant).Identity).Refuse();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var control = await lookup.GetAsync(caller, draft.Profile, cancellation);
            var person = await reader.ReadAsync(control, cancellation);
            var link = person.Links.FirstOrDefault(known => known.Id == draft.Link && known.Undoes is null) ?? throw RefusalException.LinkNotFound();
            if (!PersonGraph.InForce(person.Links).Contains(link))
            {
                return new(person.Profiles, person.Links) { IsRepeat = true };
            }

            // It stands in their log from when they were one, and is for those whom it joins to take back.
            if (!person.Profiles.Contains(link.First) && !person.Profiles.Contains(link.Second))
            {
                throw RefusalException.LinkNotFound();
            }

            var now = time.GetUtcNow().ToStored();
            // What was kept because of the other profiles alone goes.
            var change = person.With(link.TakenBack(caller.Source, draft.CaseReference, person.After(now)), reviews: [now]);
            if (await store.ChangeAsync(change, cancellation))
            {
                return Of(change, control.Profile);
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    /// <summary>They are two people: what stays is that somebody has looked, and it joins nothing.</summary>
    /// <returns>What was said; what is said already where it is.</returns>
    /// <exception cref="RefusalException">They are one person, or have had as many links as people may.</exception>
    public async Task<ProfileLink> DistinguishAsync(Caller caller, MergeDraft draft, CancellationToken cancellation)
    {
        var rules = policies.For(caller.Tenant).Identity;
        PersonRules.Check(draft, rules).Refuse();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (first, second) = await FindAsync(caller, draft, cancellation);
            var (one, other) = (await reader.ReadAsync(first, cancellation), await reader.ReadAsync(second, cancellation));
            if (one.Profiles.Contains(second.Profile))
            {
                throw RefusalException.InvalidRequest([new("second", "is the same person as first: UnmergeProfiles takes the link back that says so")]);
            }

            if (one.Links.FirstOrDefault(link => link.IsDenial && link.IsBetween(first.Profile, second.Profile)) is { } said)
            {
                return said;
            }

            if (Math.Max(one.Links.Count, other.Links.Count) >= PersonGraph.MaxLinks)
            {
                throw RefusalException.MergeRefused([PersonRules.Say(MergeBar.TooManyLinks, rules)]);
            }

            var now = other.After(one.After(time.GetUtcNow().ToStored()));
            var denial = ProfileLink.Between(first.Profile, second.Profile, caller.Source, draft.CaseReference, now).AsDenial();
            PersonChange change = new(caller.Tenant, [.. one.Saying(denial), .. other.Saying(denial)], Reviews: []);
            if (await store.ChangeAsync(change, cancellation))
            {
                return denial;
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    internal async Task<(ProfileId First, ProfileId Second, Person Person)> ReadAsync(Caller caller, MergeDraft draft, CancellationToken cancellation)
    {
        var (first, second) = await FindAsync(caller, draft, cancellation);
        return (first.Profile, second.Profile, await reader.ReadAsync(first, second, cancellation));
    }

    private async Task<(Control First, Control Second)> FindAsync(Caller caller, MergeDraft draft, CancellationToken cancellation)
    {
        var first = await lookup.FindAsync(caller, draft.First, "first", cancellation) ?? throw RefusalException.ProfileNotFound();
        var second = await lookup.FindAsync(caller, draft.Second, "second", cancellation) ?? throw RefusalException.ProfileNotFound();
        return first.Profile == second.Profile ? throw RefusalException.InvalidRequest([TheSame]) : (first, second);
    }

    private static LinkedPerson Of(PersonChange change, ProfileId profile)
    {
        var changed = change.Profiles.First(member => member.Read.Profile == profile);
        return new([.. changed.Members.Append(profile).Order()], changed.Links);
    }
}
