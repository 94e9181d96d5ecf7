using CsCheck;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities;

public sealed class PersonGraphTests
{
    private const int Profiles = 6;

    // In the place of a number: somebody says that the two are two people.
    private const int Said = 9;

    private static readonly SourceId Crm = new("crm");

    /// <summary>Two profiles that are joined, or said to be two; or a link, by its number, that is taken back.</summary>
    private static readonly Gen<(int A, int B, int? Undone)[]> Acts =
        Gen.Select(Gen.Int[0, Profiles - 1], Gen.Int[0, Profiles - 1], Gen.Int[0, 9].Nullable(0.6)).Where(act => act.Item1 != act.Item2).Array[0, 12];

    [Fact]
    public void People_are_what_the_links_in_force_connect_and_nothing_else() => Acts.Sample(acts =>
    {
        var (links, joined) = Play(acts);

        for (var profile = 0; profile < Profiles; profile++)
        {
            Assert.Equal(Connected(profile, joined).Select(A.Profile), PersonGraph.PersonOf(A.Profile(profile), links));
        }
    });

    [Fact]
    public void People_are_the_same_in_whatever_order_links_become_known() => Gen.Select(Acts, Gen.Int).Sample((acts, seed) =>
    {
        var (links, _) = Play(acts);
        List<ProfileLink> shuffled = [.. links];
        new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shuffled));

        Assert.Equal(links.Select(link => link.Id), PersonGraph.Unite(shuffled.Concat(links)).Select(link => link.Id));
        Assert.Equal(PersonGraph.PersonOf(A.Profile(0), links), PersonGraph.PersonOf(A.Profile(0), shuffled));
    });

    /// <returns>The log, and the pairs that are joined in the end.</returns>
    private static (IReadOnlyList<ProfileLink> Links, IReadOnlyList<(int A, int B)> Joined) Play((int A, int B, int? Undone)[] acts)
    {
        List<ProfileLink> links = [];
        List<(LinkId Id, int A, int B)> joined = [];
        foreach (var (act, minute) in acts.Select((act, minute) => (act, minute)))
        {
            var now = A.Noon.AddMinutes(minute);
            if (act.Undone is not { } number)
            {
                var link = ProfileLink.Between(A.Profile(act.A), A.Profile(act.B), Crm, "", now);
                links.Add(link);
                joined.Add((link.Id, act.A, act.B));
            }
            else if (number == Said)
            {
                links.Add(ProfileLink.Between(A.Profile(act.A), A.Profile(act.B), Crm, "", now).AsDenial());
            }
            else if (links.Count > number && links[number].Undoes is null)
            {
                links.Add(links[number].TakenBack(Crm, "", now));
                joined.RemoveAll(pair => pair.Id == links[number].Id);
            }
        }

        return (links, [.. joined.Select(pair => (pair.A, pair.B))]);
    }

    /// <summary>By hand: whoever is beside somebody who belongs belongs too, until nobody is added.</summary>
    private static SortedSet<int> Connected(int profile, IReadOnlyList<(int A, int B)> joined)
    {
        SortedSet<int> connected = [profile];
        for (var before = 0; before < connected.Count;)
        {
            before = connected.Count;
            foreach (var (a, b) in joined.Where(pair => connected.Contains(pair.A) || connected.Contains(pair.B)))
            {
                connected.UnionWith([a, b]);
            }
        }

        return connected;
    }
}
