using Tracker.Bench.Load;
using Tracker.Bench.Others;

namespace Tracker.Bench.Ratios;

/// <summary>The rows of the embedded store.</summary>
internal sealed class EmbeddedRatios(RatioSettings settings)
{
    private const int InFlight = 64;
    private const int Connections = 4;
    private const int Batch = 500;
    private const int Callers = 4;
    private const int Streams = 2;
    private const int Window = 4;
    private const int Unary = 40_000;
    private const int Batched = 60_000;
    private const int PlainUnary = 8_000;
    private const int RunsToWarmUp = 4;

    // 23 records for each 18 accepted interactions of the workload.
    private const double RecordsEach = 23 / 18d;

    public async IAsyncEnumerable<Ratio> MeasureAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        double half;
        await using (var noOp = await ServerUnderTest.StartOtherAsync(["no-op"], cancellation))
        await using (var shop = await OpenAsync(settings.Small, cancellation))
        {
            var unary = await UnaryAsync(shop, noOp, cancellation);
            half = Median(unary) / 2;
            yield return unary;
            yield return await StreamAsync(shop, noOp, cancellation);
            yield return await PlainAsync(shop, cancellation);
            yield return await LatencyAsync(shop, noOp, half, cancellation);
        }

        await using var large = await OpenAsync(settings.Middle, cancellation);
        yield return await BareInsertsAsync(large, cancellation);
        await large.GrowToAsync(settings.Large, cancellation);
        yield return await GrowthAsync(large, cancellation);
        yield return new(8, "server working set at sustained maximum with 5 million profiles, MiB", 512, IsAtMost: true, [new(large.Server.PeakWorkingSet, 1, large.Server.PeakWorkingSet)]);
    }

    private async Task<Shop> OpenAsync(int known, CancellationToken cancellation)
    {
        var shop = await Shop.OpenAsync(address: null, "", settings.Environment, cancellation);
        await shop.GrowToAsync(known, cancellation);
        for (var time = 0; time < RunsToWarmUp; time++)
        {
            await BatchedAsync(shop, cancellation);
        }

        return shop;
    }

    private Task<Ratio> UnaryAsync(Shop shop, ServerUnderTest noOp, CancellationToken cancellation) => Ratio.OfRatesAsync(
        1,
        "unary, 64 in flight on 4 connections: accepted/s over the no-op server",
        0.30,
        settings.Pairs,
        async () => (await UnaryAsync(shop.Server, shop.Bodies(Unary), cancellation)).AcceptedPerSecond,
        async () => (await UnaryAsync(noOp, shop.Bodies(Unary), cancellation)).AcceptedPerSecond);

    private Task<Ratio> StreamAsync(Shop shop, ServerUnderTest noOp, CancellationToken cancellation)
    {
        return Ratio.OfRatesAsync(
            2,
            "stream of 500: accepted/s over the no-op stream",
            0.12,
            settings.Pairs,
            () => RateAsync(shop.Server),
            () => RateAsync(noOp));

        async Task<double> RateAsync(ServerUnderTest server)
        {
            using var client = new LoadClient(server.Grpc, Connections);
            return (await client.StreamAsync(shop.Bodies(Batched), Batch, Streams, Window, cancellation)).AcceptedPerSecond;
        }
    }

    private async Task<Ratio> PlainAsync(Shop shop, CancellationToken cancellation)
    {
        await using var postgres = await StandIn.PostgresAsync(cancellation);
        await PlainTables.CreateAsync(postgres.Address, cancellation);
        await using var plain = await ServerUnderTest.StartOtherAsync(["plain", "--postgres", postgres.Address], cancellation);
        return await Ratio.OfRatesAsync(
            6,
            "unary, 64 in flight: accepted/s over a plain alternative on PostgreSQL",
            5,
            settings.Pairs,
            async () => (await UnaryAsync(shop.Server, shop.Bodies(Unary), cancellation)).AcceptedPerSecond,
            async () => (await UnaryAsync(plain, shop.Bodies(PlainUnary), cancellation)).AcceptedPerSecond);
    }

    private async Task<Ratio> LatencyAsync(Shop shop, ServerUnderTest noOp, double rate, CancellationToken cancellation)
    {
        using var store = new BareCommits(StoredRecord.Sample(shop.Server.StoreFolder, 20_000));
        var count = (int)(rate * settings.PacedFor.TotalSeconds);
        List<Pair> pairs = [];
        for (var pair = 0; pair < Ratio.WarmUps + settings.Pairs; pair++)
        {
            var ours = await P99Async(shop.Server);
            var theirs = await P99Async(noOp) + store.P99(rate * RecordsEach, settings.PacedFor);
            pairs.Add(new(ours, theirs, ours / theirs));
        }

        return new(7, "p99 of a durable unary call at half of the maximum rate over no-op p99 and commit p99, us", 2, IsAtMost: true, pairs[Ratio.WarmUps..]);

        async Task<double> P99Async(ServerUnderTest server)
        {
            using var client = new LoadClient(server.Grpc, Connections);
            return (await client.PacedAsync(shop.Bodies(count), rate, cancellation)).Percentile(99);
        }
    }

    private async Task<Ratio> BareInsertsAsync(Shop large, CancellationToken cancellation)
    {
        using var table = new SqliteTable(StoredRecord.Sample(large.Server.StoreFolder, 100_000));
        table.GrowTo(settings.Middle);
        return await Ratio.OfRatesAsync(
            3,
            "batch of 500 at one million stored records: records/s over bare inserts into one indexed SQLite table",
            1.5,
            settings.Pairs,
            async () => await BatchedAsync(large, cancellation) * RecordsEach,
            () => Task.FromResult(RateOf(table)));
    }

    private async Task<Ratio> GrowthAsync(Shop large, CancellationToken cancellation)
    {
        await using var small = await OpenAsync(settings.Small, cancellation);
        return await Ratio.OfRatesAsync(
            4,
            "batch of 500: at five million stored records over at zero",
            0.70,
            settings.Pairs,
            () => BatchedAsync(large, cancellation),
            () => BatchedAsync(small, cancellation));
    }

    private static async Task<LoadResult> UnaryAsync(ServerUnderTest server, byte[][] bodies, CancellationToken cancellation)
    {
        using var client = new LoadClient(server.Grpc, Connections);
        return await client.UnaryAsync(bodies, InFlight, cancellation);
    }

    private static async Task<double> BatchedAsync(Shop shop, CancellationToken cancellation)
    {
        using var client = new LoadClient(shop.Server.Grpc, Connections);
        return (await client.BatchAsync(shop.Bodies(Batched), Batch, Callers, cancellation)).AcceptedPerSecond;
    }

    private static double RateOf(SqliteTable table)
    {
        const int Transactions = 60;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var transaction = 0; transaction < Transactions; transaction++)
        {
            table.Insert(Batch);
        }

        return Transactions * Batch / watch.Elapsed.TotalSeconds;
    }

    private static double Median(Ratio ratio) => ratio.Pairs.Select(pair => pair.Tracker).Order().ElementAt(ratio.Pairs.Count / 2);
}
