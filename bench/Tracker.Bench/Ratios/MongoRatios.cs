using MongoDB.Driver;
using Tracker.Bench.Mongo;
using Tracker.Bench.Others;

namespace Tracker.Bench.Ratios;

/// <summary>The row of the path into MongoDB.</summary>
internal static class MongoRatios
{
    private const int Interactions = 20_000;
    private const int Batch = 500;
    private const int Callers = 4;
    private const int WarmUps = 8;

    public static async IAsyncEnumerable<Ratio> MeasureAsync(RatioSettings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var servers = await StandIn.MongoAsync(cancellation);
        using var client = new MongoClient(servers.Address);
        var database = $"bench_{Guid.NewGuid():N}"[..20];
        var bare = new BareWriter(client, database);
        await bare.PrepareAsync(servers.Address, cancellation);
        await using var server = await ServerUnderTest.StartAsync(servers.Address, database, settings.Environment, cancellation);
        var workload = new Workload(Interactions, Batch);
        var run = 0;
        for (; run < WarmUps; run++)
        {
            await MeasuredPath.RunAsync(server, workload, run, Callers, cancellation);
        }

        await bare.ForgetAsync(cancellation);
        yield return await Ratio.OfRatesAsync(
            5,
            "batch of 500 into MongoDB: interactions/s over one bare InsertMany writer of the same documents",
            0.80,
            settings.Pairs,
            async () => Interactions / (await MeasuredPath.RunAsync(server, workload, run++, Callers, cancellation)).Elapsed.TotalSeconds,
            async () => Interactions / (await bare.RunAsync(Batch, cancellation)).TotalSeconds);
    }
}
