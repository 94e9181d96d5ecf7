using System.CommandLine;
using System.Globalization;

namespace Tracker.Bench.Load;

/// <summary>The verb `growth`: the same workload at rising numbers of stored records and profiles.</summary>
internal static class GrowthCommand
{
    private static readonly Option<int[]> Sizes = new("--sizes") { Description = "Customers with a card and one record each, rising.", DefaultValueFactory = _ => [20_000, 1_000_000, 5_000_000], AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Count = new("--count") { Description = "Interactions of each run.", DefaultValueFactory = _ => 60_000 };
    private static readonly Option<int> Runs = new("--runs") { Description = "Runs at each size after two that warm up.", DefaultValueFactory = _ => 7 };
    private static readonly Option<TimeSpan> Settle = new("--settle") { Description = "How long the store may tidy up after it was filled.", DefaultValueFactory = _ => TimeSpan.FromSeconds(10) };
    private static readonly Option<string[]> Environment = new("--environment") { Description = "NAME=VALUE of the server, besides what the image sets; may be repeated.", DefaultValueFactory = _ => [] };

    public static Command Create()
    {
        var command = new Command("growth", "Batches of 500 of the published workload at rising numbers of stored records and profiles, embedded store.") { Sizes, Count, Runs, Settle, Environment };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        const int Batch = 500;
        const int Callers = 4;
        const int WarmUps = 2;
        await using var shop = await Shop.OpenAsync(address: null, "", arguments.GetValue(Environment)!, cancellation);
        double? first = null;
        foreach (var size in arguments.GetValue(Sizes)!)
        {
            await shop.GrowToAsync(size, cancellation);
            await Task.Delay(arguments.GetValue(Settle), cancellation);
            List<double> rates = [];
            for (var run = 0; run < WarmUps + arguments.GetValue(Runs); run++)
            {
                using var client = new LoadClient(shop.Server.Grpc, connections: 4);
                rates.Add((await client.BatchAsync(shop.Bodies(arguments.GetValue(Count)), Batch, Callers, cancellation)).AcceptedPerSecond);
            }

            double[] counted = [.. rates.Skip(WarmUps).Order()];
            var median = counted[counted.Length / 2];
            first ??= median;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{size} records and customers: {median:F0} accepted/s (from {counted[0]:F0} to {counted[^1]:F0}), {median / first:F2} of the first row; the server at most {shop.Server.PeakWorkingSet} MiB, {SizeOf(shop.Server.StoreFolder)} MiB on disk"));
        }

        return 0;
    }

    private static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / (1_024 * 1_024);
}
