using System.CommandLine;
using System.Globalization;
using Grpc.Core;
using Tracker.Bench.Load;

namespace Tracker.Bench.Upkeep;

/// <summary>The verb `recovery`: how long a server that was killed under full load takes until it serves again.</summary>
internal static class RecoveryCommand
{
    private static readonly Option<int> Known = new("--known") { Description = "Customers with a card and one record each before it begins.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Runs = new("--runs") { Description = "How often it is killed.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Count = new("--count") { Description = "Interactions it is sent between; it is killed in the middle of as many more.", DefaultValueFactory = _ => 120_000 };

    public static Command Create()
    {
        var command = new Command("recovery", "Kills a server under load and starts it again, embedded store.") { Known, Runs, Count };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var shop = await Shop.OpenAsync(address: null, "", [], cancellation);
        await shop.GrowToAsync(arguments.GetValue(Known), cancellation);
        List<TimeSpan> took = [];
        for (var run = 0; run < arguments.GetValue(Runs); run++)
        {
            await SendAsync(shop, arguments.GetValue(Count), cancellation);
            var half = SendAsync(shop, arguments.GetValue(Count), cancellation);
            await Task.WhenAny(half, Task.Delay(TimeSpan.FromSeconds(1), cancellation));
            await shop.Server.KillAsync();
            await MustFailAsync(half);
            var log = LogBytes(shop.Server.StoreFolder);
            took.Add(await shop.Server.StartAgainAsync(cancellation));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run + 1}: {log / 1_048_576} MiB of log to replay, {took[^1].TotalSeconds:F2} s until it listened"));
        }

        await shop.Server.KillAsync();
        await shop.Server.StartAgainAsync(cancellation);
        await shop.Server.KillAsync();
        var idle = await shop.Server.StartAgainAsync(cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {took.Order().ElementAt(took.Count / 2).TotalSeconds:F2} s; with nothing to replay {idle.TotalSeconds:F2} s"));
        return 0;
    }

    private static async Task SendAsync(Shop shop, int count, CancellationToken cancellation)
    {
        using var client = new LoadClient(shop.Server.Grpc, connections: 4);
        await client.BatchAsync(shop.Bodies(count), 500, 4, cancellation);
    }

    private static long LogBytes(string folder) => new DirectoryInfo(folder).EnumerateFiles("*.log").Sum(file => file.Length);

    /// <summary>The calls that were under way when it was killed.</summary>
    private static async Task MustFailAsync(Task calls)
    {
        try
        {
            await calls;
        }
        catch (RpcException)
        {
            return;
        }

        throw new InvalidOperationException("The server was done before it was killed: send more.");
    }
}
