using System.CommandLine;
using System.Globalization;
using MongoDB.Driver;

namespace Tracker.Bench.Load;

/// <summary>The verb `ingest`: the published workload into a real server process, from this one.</summary>
internal static class IngestCommand
{
    private static readonly Option<string?> Address = new("--mongodb") { Description = "Connection string; the embedded store if absent." };
    private static readonly Option<Shape> Sent = new("--shape") { Description = "How interactions are sent.", DefaultValueFactory = _ => Shape.Batch };
    private static readonly Option<int> InFlight = new("--in-flight") { Description = "Calls at a time, or streams.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Connections of the client.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Batch = new("--batch") { Description = "Interactions of a call, or of a message of a stream.", DefaultValueFactory = _ => 500 };
    private static readonly Option<double> Rate = new("--rate") { Description = "Calls a second of --shape Paced.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Count = new("--count") { Description = "Interactions of each run.", DefaultValueFactory = _ => 60_000 };
    private static readonly Option<int> Runs = new("--runs") { Description = "Runs after the one that warms up.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Known = new("--known") { Description = "Customers with a card and one record each before it begins.", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<bool> IsNoOp = new("--no-op") { Description = "Into the no-op server instead, which parses and answers." };
    private static readonly Option<string[]> Environment = new("--environment") { Description = "NAME=VALUE of the server, besides what the image sets; may be repeated.", DefaultValueFactory = _ => [] };

    public static Command Create()
    {
        var command = new Command("ingest", "The published workload into a server process over gRPC.") { Address, Sent, InFlight, Connections, Batch, Rate, Count, Runs, Known, IsNoOp, Environment };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(IsNoOp))
        {
            await using var noOp = await ServerUnderTest.StartOtherAsync(["no-op"], cancellation);
            var run = 0;
            await MeasureAsync(arguments, noOp, count => new Mix(++run, 20_000, DateTimeOffset.UtcNow).Bodies(count), cancellation);
            return 0;
        }

        var (address, database) = (arguments.GetValue(Address), $"bench_{Guid.NewGuid():N}"[..20]);
        try
        {
            await using var shop = await Shop.OpenAsync(address, database, arguments.GetValue(Environment)!, cancellation);
            await shop.GrowToAsync(arguments.GetValue(Known), cancellation);
            await MeasureAsync(arguments, shop.Server, shop.Bodies, cancellation);
            return 0;
        }
        finally
        {
            if (address is not null)
            {
                using var client = new MongoClient(address);
                await client.DropDatabaseAsync(database, CancellationToken.None);
            }
        }
    }

    private static async Task MeasureAsync(ParseResult arguments, ServerUnderTest server, Func<int, byte[][]> bodies, CancellationToken cancellation)
    {
        using var client = new LoadClient(server.Grpc, arguments.GetValue(Connections));
        using var allocations = Allocations.Of(server.ProcessId);
        for (var run = 0; run <= arguments.GetValue(Runs); run++)
        {
            var sent = bodies(arguments.GetValue(Count));
            var (cpu, allocated) = (server.Cpu, allocations.Bytes);
            var result = await SendAsync(arguments, client, sent, cancellation);
            cpu = server.Cpu - cpu;
            var each = 1d / sent.Length;
            Console.WriteLine(Text(
                $"{(run == 0 ? "warm-up" : $"run {run}")}: {result.AcceptedPerSecond:F0} accepted/s; a call {result.Percentile(50) / 1_000:F2} ms, p99 {result.Percentile(99) / 1_000:F2}, p99.9 {result.Percentile(99.9) / 1_000:F2}; an interaction {cpu.TotalMicroseconds * each:F1} us of the server, {result.ClientCpu.TotalMicroseconds * each:F1} of the client, {(allocations.Bytes - allocated) / 1_024d * each:F1} KB allocated by the server; {result.Outcomes}"));
        }

        Console.WriteLine(Text($"Times of processors and bytes are for each interaction that was sent; the server held at most {server.PeakWorkingSet} MiB."));
    }

    private static Task<LoadResult> SendAsync(ParseResult arguments, LoadClient client, byte[][] sent, CancellationToken cancellation) => arguments.GetValue(Sent) switch
    {
        Shape.Unary => client.UnaryAsync(sent, arguments.GetValue(InFlight), cancellation),
        Shape.Batch => client.BatchAsync(sent, arguments.GetValue(Batch), arguments.GetValue(InFlight), cancellation),
        Shape.Stream => client.StreamAsync(sent, arguments.GetValue(Batch), arguments.GetValue(InFlight), window: 4, cancellation),
        Shape.Paced => client.PacedAsync(sent, arguments.GetValue(Rate), cancellation),
        var other => throw new ArgumentOutOfRangeException(nameof(arguments), other, "No way of sending."),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
