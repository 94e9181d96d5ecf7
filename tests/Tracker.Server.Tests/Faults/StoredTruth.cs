using System.Buffers.Text;
using Grpc.Core;
using MongoDB.Bson;
using MongoDB.Driver;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>Holds what is stored against what callers were told: all that was acknowledged, once and whole, and nothing else.</summary>
internal sealed class StoredTruth(TwoNodes nodes, Shop shop, IReadOnlyCollection<Delivery> answered, CancellationToken cancellation)
{
    private const int Spread = 12;

    private static readonly Wire.Purpose[] OrderPurposes = [Wire.Purpose.OrderFulfilment, Wire.Purpose.AccountingTax];

    /// <summary>Whom documents are of that the load has not sent.</summary>
    public IReadOnlyCollection<string> Beside { get; init; } = [];

    private readonly List<(Wire.Interaction Item, Wire.InteractionResult Result)> _answers = [.. answered.SelectMany(delivery => delivery.Answers)];

    public async Task AssertAsync()
    {
        AssertOutcomes();
        await AssertInteractionsAsync();
        await AssertPeopleAsync();
        foreach (var node in nodes.All)
        {
            // The other one may have answered the load, while this does not ask the store again yet.
            await node.UntilReadyAsync(cancellation);
            await AssertTimelinesAsync(node);
            await AssertDeniedAreUnknownAsync(node);
            await AssertRepeatsAsync(node);
        }
    }

    public static void AssertWhole(List<BsonDocument> records)
    {
        var classes = records.Select(record => record["class"].AsInt32).Order().ToList();
        Assert.Single(records, record => record["_id"].AsByteArray[^1] == 0);
        Assert.All(records, record => Assert.Equal(ClassesOf(record), classes));
        Assert.Single(records.Select(record => record["batch"]).Distinct());
    }

    /// <summary>Only what was sent before without an answer may be told as a duplicate.</summary>
    private void AssertOutcomes()
    {
        Assert.NotEmpty(_answers);
        Assert.All(answered, delivery => Assert.All(delivery.Answers, answer => Assert.True(
            IsAsExpected(answer.Item, answer.Result.Outcome, delivery.Unknown > 0), $"{answer.Item.MessageId}: {answer.Result}")));
    }

    private static bool IsAsExpected(Wire.Interaction item, Wire.Outcome outcome, bool wasRepeated) => outcome switch
    {
        Wire.Outcome.Denied => Shop.IsToBeDenied(item),
        Wire.Outcome.Accepted => !Shop.IsToBeDenied(item),
        Wire.Outcome.Duplicate => !Shop.IsToBeDenied(item) && wasRepeated,
        _ => false,
    };

    /// <summary>Every key in the database was acknowledged, has one head, and has exactly the classes that its records say.</summary>
    private async Task AssertInteractionsAsync()
    {
        var records = await ReadAsync("records");
        var interactions = records.GroupBy(record => Base64Url.EncodeToString(record["key"].AsByteArray)).ToDictionary(group => group.Key, group => group.ToList());

        var acknowledged = _answers.Where(answer => !Shop.IsToBeDenied(answer.Item)).ToList();
        Assert.Equal(acknowledged.Count, interactions.Count);
        Assert.All(
            acknowledged.Where(answer => answer.Result.InteractionId.Length > 0),
            answer => Assert.True(interactions.ContainsKey(answer.Result.InteractionId), $"{answer.Item.MessageId} was acknowledged and is not stored"));
        Assert.All(interactions.Values, AssertWhole);
    }

    private static List<int> ClassesOf(BsonDocument record) => [.. Enumerable.Range(0, 32).Where(bit => (record["classes"].AsInt32 >> bit & 1) == 1)];

    /// <summary>Whoever is stored has a record, and nobody is stored that only what was denied has named.</summary>
    private async Task AssertPeopleAsync()
    {
        var owners = (await ReadAsync("records")).Where(record => record.Contains("identifiers")).Select(OwnerOf).Distinct().Order(StringComparer.Ordinal).ToList();
        var people = _answers.Where(answer => answer.Item.Type == "order.placed").Select(answer => answer.Item.Identifiers[0].Value).Distinct().Count();

        Assert.Equal(people, owners.Count);
        Assert.Equal(owners, (await ReadAsync("controls")).Select(OwnerOf).Order(StringComparer.Ordinal));
        Assert.Equal(owners, (await ReadAsync("keys")).Select(OwnerOf).Order(StringComparer.Ordinal));
        Assert.Equal(owners, (await ReadAsync("identifiers")).Select(OwnerOf).Order(StringComparer.Ordinal));
    }

    /// <summary>Records name it, identifiers lead to it, and of the other documents of a profile it is the id.</summary>
    private static string OwnerOf(BsonDocument document) =>
        document.TryGetValue("owner", out var owner) ? owner.AsString
        : document.TryGetValue("profile", out var profile) ? $"{document["_id"].AsString.Split(':')[0]}:{profile.AsBsonBinaryData.ToGuid():N}"
        : document["_id"].AsString;

    private async Task AssertTimelinesAsync(Node node)
    {
        var byPerson = _answers.Where(answer => answer.Item.Type == "order.placed").ToLookup(answer => answer.Item.Identifiers[0].Value, answer => answer.Item.MessageId);
        foreach (var person in shop.People)
        {
            foreach (var purpose in OrderPurposes)
            {
                Assert.Equal(byPerson[person.Value].Order(StringComparer.Ordinal), await Timeline.ReadAsync(node, person, purpose, cancellation));
            }

            Assert.Empty(await Timeline.ReadAsync(node, person, Wire.Purpose.Profiling, cancellation));
        }
    }

    private async Task AssertDeniedAreUnknownAsync(Node node)
    {
        foreach (var denied in Some(_answers.Where(answer => answer.Item.Type == "lead.captured").Select(answer => answer.Item)))
        {
            var unknown = await Assert.ThrowsAsync<RpcException>(async () => await node.Profiles.GetProfileAsync(
                new() { Profile = new() { Identifier = denied.Identifiers[0] }, Purpose = Wire.Purpose.RightsHandling }, cancellationToken: cancellation));
            Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        }
    }

    private async Task AssertRepeatsAsync(Node node)
    {
        foreach (var delivery in Some(answered))
        {
            var again = await node.Interactions.RecordInteractionsAsync(new() { Interactions = { delivery.Items } }, cancellationToken: cancellation);
            Assert.Equal(
                delivery.Items.Select(item => Shop.IsToBeDenied(item) ? Wire.Outcome.Denied : Wire.Outcome.Duplicate),
                again.Results.Select(result => result.Outcome));
        }
    }

    private static IEnumerable<T> Some<T>(IEnumerable<T> all)
    {
        var list = all.ToList();
        return list.Where((_, index) => index % Math.Max(1, list.Count / Spread) == 0);
    }

    private async Task<List<BsonDocument>> ReadAsync(string collection)
    {
        var all = await nodes.Database.GetCollection<BsonDocument>(collection).Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(cancellation);
        return [.. all.Where(document => !Beside.Contains(OwnerOf(document)))];
    }
}
