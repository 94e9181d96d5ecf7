using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Tracker.Bench.Load;
using Tracker.Bench.Mongo;

namespace Tracker.Bench.Upkeep;

/// <summary>The verb `import`: a file of receipts through the program's own import, against the same number of receipts of this client as a stream.</summary>
internal static class ImportCommand
{
    private const int Batch = 500;
    private const int Lines = 2;

    private static readonly Option<int> Count = new("--count") { Description = "Receipts of each run, of two lines each.", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Runs = new("--runs") { Description = "Pairs after the one that warms up.", DefaultValueFactory = _ => 5 };

    public static Command Create()
    {
        var command = new Command("import", "The import of a file against a stream, embedded store.") { Count, Runs };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var server = await ServerUnderTest.StartAsync(address: null, "", [], cancellation);
        var folder = Directory.CreateTempSubdirectory("tracker-bench-");
        try
        {
            List<double> ratios = [];
            for (var run = 0; run <= arguments.GetValue(Runs); run++)
            {
                var file = Path.Combine(folder.FullName, $"{run}.csv");
                Write(file, run, arguments.GetValue(Count));
                var imported = await ImportAsync(file, server, arguments.GetValue(Count), cancellation);
                var streamed = await StreamAsync(server, run, arguments.GetValue(Count), cancellation);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(run == 0 ? "warm-up" : $"run {run}")}: imported {imported:F0} a second; streamed {streamed:F0}; {imported / streamed:F2}"));
                ratios.Add(imported / streamed);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of the pairs {ratios.Skip(1).Order().ElementAt(arguments.GetValue(Runs) / 2):F2}"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>Receipts a second, from the start of its process to its end.</returns>
    private static async Task<double> ImportAsync(string file, ServerUnderTest server, int count, CancellationToken cancellation)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Tracker.Server.dll"), "import", file, "--mapping", "online-retail", "--server", server.Grpc.ToString(), "--json"];
        var watch = Stopwatch.StartNew();
        using var import = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = import.StandardError.ReadToEndAsync(cancellation);
        var summary = await import.StandardOutput.ReadToEndAsync(cancellation);
        await import.WaitForExitAsync(cancellation);
        using var json = JsonDocument.Parse(summary.Length > 0 ? summary : throw new InvalidOperationException(await said));
        return json.RootElement.GetProperty("accepted").GetInt32() == count
            ? count / watch.Elapsed.TotalSeconds
            : throw new InvalidOperationException(summary);
    }

    private static async Task<double> StreamAsync(ServerUnderTest server, int run, int count, CancellationToken cancellation)
    {
        using var client = new LoadClient(server.Grpc, connections: 1);
        byte[][] bodies = [.. Enumerable.Range(0, count).Select(place => Workload.Receipt(run + 1, place, place, DateTimeOffset.UtcNow.AddMinutes(-1)).ToByteArray())];
        return (await client.StreamAsync(bodies, Batch, streams: 1, window: 4, cancellation)).AcceptedPerSecond;
    }

    private static void Write(string file, int run, int count)
    {
        using var csv = new StreamWriter(file);
        csv.WriteLine("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country");
        for (var line = 0; line < count * Lines; line++)
        {
            csv.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(run * 10_000_000) + (line / Lines)},S{line % 1_000},KETTLE,1,{DateTime.UtcNow.AddDays(-1):yyyy-MM-dd HH:mm:ss},21.00,{10_000 + (line / Lines)}.0,France"));
        }
    }
}
