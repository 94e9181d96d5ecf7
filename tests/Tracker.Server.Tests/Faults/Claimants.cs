using System.Buffers.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MongoDB.Bson;
using MongoDB.Driver;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>Sales to nobody, for each of which two people bring the receipt at the same time.</summary>
internal sealed class Claimants : Insistent
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<string> _sold = [];

    private Claimants(IReadOnlyList<Node> nodes, CancellationToken cancellation)
        : base(nodes, cancellation) => Start();

    public static Claimants Start(IReadOnlyList<Node> nodes, CancellationToken cancellation) => new(nodes, cancellation);

    /// <summary>Each sale is of one of the two, whole and once, and can be claimed no more.</summary>
    /// <returns>Whom they are of.</returns>
    public async Task<IReadOnlyCollection<string>> AssertAsync(IMongoDatabase database)
    {
        await StopAsync();
        var records = await database.GetCollection<BsonDocument>("records").Find(new BsonDocument()).ToListAsync(Cancellation);
        var sales = records.GroupBy(record => Base64Url.EncodeToString(record["key"].AsByteArray)).Where(sale => _sold.Contains(sale.Key)).ToList();
        var owners = sales.Select(sale => Assert.Single(sale.Select(record => record["owner"].AsString).Distinct())).ToHashSet();
        var people = await database.GetCollection<BsonDocument>("controls").CountDocumentsAsync(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(owners))), cancellationToken: Cancellation);

        Assert.Equal((Done, Done), (sales.Count, owners.Count));
        Assert.Equal(Done, people);
        Assert.All(sales, sale => StoredTruth.AssertWhole([.. sale]));
        Assert.Equal(0, await database.GetCollection<BsonDocument>("receipts").CountDocumentsAsync(new BsonDocument(), cancellationToken: Cancellation));
        return owners;
    }

    protected override async Task DoAsync(int number, PeriodicTimer pace)
    {
        var sale = new Wire.Interaction
        {
            MessageId = $"claimed-{number}",
            Type = "purchase.completed",
            Channel = Wire.Channel.Pos,
            OccurredAt = TimeProvider.System.GetUtcNow().ToTimestamp(),
            Identifiers = { Receipt(number) },
            Content = new() { Commerce = new() { Total = new() { CurrencyCode = "EUR", Units = 20 } } },
        };
        var sold = await UntilAnsweredAsync((node, deadline) => node.Interactions.RecordInteractionAsync(new() { Interaction = sale }, deadline: deadline, cancellationToken: Cancellation), pace);
        _sold.Add(sold.Result.InteractionId);

        using var other = new PeriodicTimer(Pace);
        var claims = await Task.WhenAll(ClaimAsync(number, "ada", pace), ClaimAsync(number, "bea", other));

        Assert.Equal(sold.Result.InteractionId, Assert.Single(claims, claim => claim is not null));
    }

    /// <returns>The sale that is theirs; null: there is none that could be.</returns>
    private async Task<string?> ClaimAsync(int number, string name, PeriodicTimer pace)
    {
        var claim = new Wire.ClaimReceiptRequest
        {
            Receipt = Receipt(number),
            Identifiers = { new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = $"{name}-{number}@example.com" } },
            ClaimedAt = TimeProvider.System.GetUtcNow().ToTimestamp(),
        };
        try
        {
            var answer = await UntilAnsweredAsync((node, deadline) => node.Interactions.ClaimReceiptAsync(claim, deadline: deadline, cancellationToken: Cancellation), pace);
            Assert.True(answer.Result.Outcome is Wire.Outcome.Accepted or Wire.Outcome.Duplicate, $"{answer}");
            return answer.Result.InteractionId;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private static Wire.Identifier Receipt(int number) => new() { Kind = Wire.IdentifierKind.Receipt, Value = $"0042-{number}" };
}
