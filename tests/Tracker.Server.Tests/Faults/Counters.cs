using Google.Protobuf.WellKnownTypes;
using MongoDB.Bson;
using MongoDB.Driver;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>A door that counts whoever comes through it.</summary>
internal sealed class Counters : Insistent
{
    private Counters(IReadOnlyList<Node> nodes, CancellationToken cancellation)
        : base(nodes, cancellation) => Start();

    public static Counters Start(IReadOnlyList<Node> nodes, CancellationToken cancellation) => new(nodes, cancellation);

    /// <summary>Each count that was acknowledged is stored once, with the number that was sent.</summary>
    public async Task AssertAsync(IMongoDatabase database)
    {
        await StopAsync();
        var counts = await database.GetCollection<BsonDocument>("counts").Find(new BsonDocument()).ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(0, Done).Select(number => (long)number), counts.Select(count => count["value"].ToInt64()).Order());
    }

    protected override async Task DoAsync(int number, PeriodicTimer pace)
    {
        var now = TimeProvider.System.GetUtcNow();
        var count = new Wire.Count
        {
            MessageId = $"door-{number}",
            Metric = "footfall",
            Channel = Wire.Channel.Pos,
            StartedAt = now.AddMinutes(-10).ToTimestamp(),
            EndedAt = now.ToTimestamp(),
            Value = number,
        };
        var answer = await UntilAnsweredAsync((node, deadline) => node.Interactions.RecordCountsAsync(new() { Counts = { count } }, deadline: deadline, cancellationToken: Cancellation), pace);
        Assert.True(answer.Results[0].Outcome is Wire.Outcome.Accepted or Wire.Outcome.Duplicate, $"{answer}");
    }
}
