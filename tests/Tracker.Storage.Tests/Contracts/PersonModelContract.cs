using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.Tests.Contracts.Persons;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>Visits, logins, logouts, decisions, shared machines, merges, unmerges and new versions of the key on two nodes: who is whom is what a brute-force model says.</summary>
public abstract class PersonModelContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly Identifier[] Known =
    [
        new(IdentifierKind.CustomerNumber, "customer-1"), new(IdentifierKind.CustomerNumber, "customer-2"),
        new(IdentifierKind.LoyaltyCard, "CARD1"), new(IdentifierKind.Email, "ada@example.com"), new(IdentifierKind.Email, "bob@example.com"),
        new(IdentifierKind.Cookie, "cookie-1"), new(IdentifierKind.Cookie, "cookie-2"),
    ];

    private static readonly Gen<Identifier> One = Gen.Int[0, Known.Length - 1].Select(i => Known[i]);

    private static readonly Gen<PersonAct> Act = Gen.Frequency(
        (6, Gen.Select(One.Array[1, 3], Gen.Bool, (sent, node) => (PersonAct)new PersonAct.See([.. sent.Distinct()], node))),
        (2, Gen.Select(One.Array[1, 3], Gen.Bool, (sent, node) => (PersonAct)new PersonAct.Refuse([.. sent.Distinct()], node))),
        (2, Gen.Select(One, One, Gen.Bool, (first, second, node) => (PersonAct)new PersonAct.Merge(first, second, node))),
        (1, Gen.Select(Gen.Int[0, 4], Gen.Bool, (number, node) => (PersonAct)new PersonAct.Unmerge(number, node))));

    protected virtual int Iterations => 60;

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task People_are_who_the_model_says_after_every_act()
    {
        var time = new FakeTimeProvider(A.Noon);
        var beside = await Storage.BesideAsync();
        var keys = new FixedKeys();
        using var one = new IdentityNode(Storage, time, keys);
        using var other = new IdentityNode(beside, time, keys);
        await one.RegisterAsync(An.Notice() with { Scope = new() { Controller = An.Company with { Id = A.Tenant.Value } } });
        var history = 0;
        await Act.Array[1, 20].SampleAsync(
            async acts => await PlayAsync(acts, one, other, time, keys, history++),
            iter: Iterations,
            threads: 1,
            print: acts => string.Join("; ", acts.Select(act => $"{act} on {(act.OnSecondNode ? 2 : 1)}")));
    }

    /// <summary>Every link in any order from two nodes: chains and circles end as the people that all the links connect.</summary>
    [Fact]
    public async Task Merges_on_two_nodes_at_once_end_in_one_state()
    {
        var time = new FakeTimeProvider(A.Noon);
        using var one = new IdentityNode(Storage, time);
        using var other = new IdentityNode(await Storage.BesideAsync(), time);
        Identifier[] cards = [.. Enumerable.Range(0, 6).Select(number => new Identifier(IdentifierKind.LoyaltyCard, $"CARD{number}"))];
        for (var i = 0; i < cards.Length; i++)
        {
            await one.RecordAsync(An.Receipt($"receipt-{i}", cards[i], A.Noon));
        }

        await Task.WhenAll(
            MergeAllAsync(one, (cards[0], cards[1]), (cards[1], cards[2]), (cards[2], cards[0])),
            MergeAllAsync(other, (cards[2], cards[1]), (cards[1], cards[3]), (cards[4], cards[5])));

        var person = new List<Control>();
        foreach (var card in cards)
        {
            person.Add((await one.FindAsync(card))!);
        }

        Assert.All(person.Take(4), control => Assert.Equal(person.Take(4).Select(member => member.Profile).Order(), control.Members.Append(control.Profile).Order()));
        Assert.All(person.TakeLast(2), control => Assert.Equal(person.TakeLast(2).Select(member => member.Profile).Order(), control.Members.Append(control.Profile).Order()));
        Assert.All(person.Take(4), control => Assert.Equal(4, PersonGraph.InForce(control.Links).Count));
        Assert.All(person.Take(4), control => Assert.Equal(person[0].Links.Select(link => link.Id), control.Links.Select(link => link.Id)));
    }

    private static async Task MergeAllAsync(IdentityNode node, params (Identifier First, Identifier Second)[] pairs)
    {
        foreach (var (first, second) in pairs)
        {
            await node.MergeAsync(first, second);
        }
    }

    private static async Task PlayAsync(PersonAct[] acts, IdentityNode one, IdentityNode other, FakeTimeProvider time, FixedKeys keys, int history)
    {
        // Each history has people of its own in the same store.
        Identifier Of(Identifier identifier) => identifier with { Value = identifier.Kind == IdentifierKind.Email ? $"h{history}-{identifier.Value}" : $"{identifier.Value}h{history}" };
        var model = new PersonModel();
        List<(LinkId Id, Identifier By)> links = [];
        for (var place = 0; place < acts.Length; place++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            if (history % 8 == 1 && place == acts.Length / 2 && history < 80)
            {
                keys.Add(A.Tenant, time.GetUtcNow());
            }

            var node = acts[place].OnSecondNode ? other : one;
            switch (acts[place])
            {
                case PersonAct.See see:
                    List<Identifier> sent = [.. see.Identifiers.Select(Of)];
                    var outcome = await node.RecordAsync(An.Receipt($"h{history}-{place}", at: time.GetUtcNow()) with { Identifiers = sent });
                    Assert.NotEmpty(outcome.Grants);
                    model.See(sent);
                    break;
                case PersonAct.Refuse refuse:
                    List<Identifier> named = [.. refuse.Identifiers.Select(Of)];
                    await node.DecideAsync(An.Consent(Purpose.Analytics, named[0], time.GetUtcNow(), $"h{history}-{place}") with { State = ConsentState.Refused, Identifiers = named });
                    model.See(named);
                    break;
                case PersonAct.Merge merge:
                    await MergeAsync(node, model, Of(merge.First), Of(merge.Second), links);
                    break;
                case PersonAct.Unmerge unmerge when unmerge.Number < links.Count:
                    await UnmergeAsync(node, model, links[unmerge.Number], unmerge.Number);
                    break;
            }

            await AssertSameAsync(model, acts[place].OnSecondNode ? one : other, [.. Known.Select(Of)]);
        }
    }

    private static async Task MergeAsync(IdentityNode node, PersonModel model, Identifier first, Identifier second, List<(LinkId Id, Identifier By)> links)
    {
        if (!model.MayMerge(first, second))
        {
            await Assert.ThrowsAsync<RefusalException>(() => node.MergeAsync(first, second));
            return;
        }

        var person = await node.MergeAsync(first, second);
        var isNew = model.Merge(first, second);
        Assert.Equal(isNew, !person.IsRepeat);
        if (isNew)
        {
            links.Add((person.Links[^1].Id, first));
        }
    }

    /// <summary>What led to the person may lead to another by now, who has no such link.</summary>
    private static async Task UnmergeAsync(IdentityNode node, PersonModel model, (LinkId Id, Identifier By) link, int number)
    {
        try
        {
            await node.UnmergeAsync(link.By, link.Id);
            model.Unmerge(number);
        }
        catch (RefusalException refusal) when (refusal.Reason == RefusalReason.LinkNotFound)
        {
            Assert.Equal(IdentifierKind.Cookie, link.By.Kind);
        }
    }

    private static async Task AssertSameAsync(PersonModel model, IdentityNode node, IReadOnlyList<Identifier> identifiers)
    {
        Dictionary<Identifier, HashSet<ProfileId>> people = [];
        foreach (var identifier in identifiers)
        {
            if (await node.FindAsync(identifier) is { } control)
            {
                people[identifier] = [control.Profile, .. control.Members];
                Assert.All(await node.FindUnderEachKeyAsync(identifier), profile => Assert.Equal(control.Profile, profile));
            }
        }

        var expected = model.Partition();
        Assert.Equal(expected.Keys.ToHashSet(), people.Keys.ToHashSet());
        foreach (var (identifier, same) in expected)
        {
            Assert.Equal(same, people.Where(pair => pair.Value.SetEquals(people[identifier])).Select(pair => pair.Key).ToHashSet());
        }
    }
}
