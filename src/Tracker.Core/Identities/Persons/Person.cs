using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Identities.Persons;

/// <summary>One or several people, as far as their control documents tell.</summary>
/// <param name="Controls">Of all their profiles that there are, the oldest first.</param>
internal sealed record Person(IReadOnlyList<Control> Controls)
{
    /// <summary>All that was ever said about any of them.</summary>
    public IReadOnlyList<ProfileLink> Links { get; } = PersonGraph.Unite(Controls.SelectMany(control => control.Links));

    public IReadOnlyList<ProfileId> Profiles => [.. Controls.Select(control => control.Profile)];

    /// <summary>When the next link is made: the ids of links are in the order of time, also within a millisecond.</summary>
    public DateTimeOffset After(DateTimeOffset now) => Links is [.., var last] && last.LinkedAt >= now ? last.LinkedAt.AddMilliseconds(1) : now;

    public ProfileLink? Between(ProfileId a, ProfileId b) => PersonGraph.InForce(Links).FirstOrDefault(link => link.IsBetween(a, b));

    /// <returns>What stands against all of them being one.</returns>
    public IReadOnlyList<MergeBar> Bars(IdentityRules rules)
    {
        List<MergeBar> bars = [];
        // A number leads to one profile: two profiles that have one have two.
        var unique = Controls.SelectMany(control => control.Identifiers.Where(identifier => rules.Of(identifier.Kind).IsUnique).Select(identifier => (identifier.Kind, identifier.Scheme)).Distinct());
        if (unique.GroupBy(numbering => numbering).Any(numbering => numbering.Count() > 1))
        {
            bars.Add(MergeBar.DifferentIdentifiers);
        }

        if (Controls.Count > rules.MaxProfiles)
        {
            bars.Add(MergeBar.TooManyProfiles);
        }

        if (Links.Count >= PersonGraph.MaxLinks)
        {
            bars.Add(MergeBar.TooManyLinks);
        }

        if (Controls.Any(control => control.IsRestricted))
        {
            bars.Add(MergeBar.Restricted);
        }

        return bars;
    }

    /// <summary>With something more in the log of each that changes nobody's person.</summary>
    public IEnumerable<MemberChange> Saying(ProfileLink denial) => Controls.Select(control => new MemberChange(control, [.. Links, denial], control.Members));

    /// <summary>With one more link, which may join them or take one back.</summary>
    public PersonChange With(ProfileLink link, IReadOnlyList<DateTimeOffset> reviews)
    {
        IReadOnlyList<ProfileLink> links = [.. Links, link];
        var living = Profiles.ToHashSet();
        return new(
            Controls[0].Tenant,
            [.. Controls.Select(control => new MemberChange(control, links, [.. PersonGraph.PersonOf(control.Profile, links).Where(other => other != control.Profile && living.Contains(other))]))],
            reviews);
    }
}
