using System.CommandLine;
using System.Globalization;
using MongoDB.Driver;
using Spectre.Console;

namespace Tracker.Bench.Mongo;

/// <summary>
/// The verb `mongo`: the same documents through the service and through one bare InsertMany writer, into the same MongoDB, in
/// turns. Also how large they are.
/// </summary>
internal static class MongoCommand
{
    private static readonly Option<string> Address = new("--mongodb") { Description = "Connection string.", Required = true };
    private static readonly Option<int> Pairs = new("--pairs") { Description = "How often both are measured, in turns.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> WarmUp = new("--warm-up") { Description = "Runs of the service before them that do not count; then one pair that does not either.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> Interactions = new("--interactions") { Description = "Interactions of each run.", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> Batch = new("--batch") { Description = "Interactions of a call, and documents of an InsertMany.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Callers = new("--callers") { Description = "Calls at a time.", DefaultValueFactory = _ => 4 };

    private static readonly Option<string[]> Environment = new("--environment") { Description = "NAME=VALUE of the server, besides what the image sets; may be repeated.", DefaultValueFactory = _ => [] };

    public static Command Create()
    {
        var command = new Command("mongo", "The path into MongoDB against one bare InsertMany writer of the same documents.") { Address, Pairs, WarmUp, Interactions, Batch, Callers, Environment };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var workload = new Workload(arguments.GetValue(Interactions), arguments.GetValue(Batch));
        var (address, database) = (arguments.GetValue(Address)!, $"bench_{Guid.NewGuid():N}"[..20]);
        using var client = new MongoClient(address);
        var bare = new BareWriter(client, database);
        try
        {
            await bare.PrepareAsync(address, cancellation);
            await using var server = await ServerUnderTest.StartAsync(address, database, arguments.GetValue(Environment)!, cancellation);
            // Through the service alone, and as long as a young process compiles itself; then one pair for the other side.
            for (var run = 0; run < arguments.GetValue(WarmUp); run++)
            {
                await MeasuredPath.RunAsync(server, workload, run, arguments.GetValue(Callers), cancellation);
            }

            await bare.ForgetAsync(cancellation);
            List<(MeasuredPath Path, TimeSpan Bare)> pairs = [];
            for (var pair = 0; pair <= arguments.GetValue(Pairs); pair++)
            {
                var path = await MeasuredPath.RunAsync(server, workload, arguments.GetValue(WarmUp) + pair, arguments.GetValue(Callers), cancellation);
                pairs.Add((path, await bare.RunAsync(arguments.GetValue(Batch), cancellation)));
                AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pair {pair}: path {path.Elapsed.TotalSeconds:F2} s, bare {pairs[^1].Bare.TotalSeconds:F2} s, ratio {pairs[^1].Bare / path.Elapsed:F2}"));
            }

            AnsiConsole.Write(await Sizes.OfAsync(client.GetDatabase(database), pairs.Sum(pair => pair.Path.Accepted), cancellation));
            Write(pairs[1..], server.PeakWorkingSet);
            return 0;
        }
        finally
        {
            await client.DropDatabaseAsync(database, CancellationToken.None);
            await client.DropDatabaseAsync(bare.Target, CancellationToken.None);
        }
    }

    private static void Write(List<(MeasuredPath Path, TimeSpan Bare)> pairs, long peakWorkingSet)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Bare / pair.Path.Elapsed).Order()];
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ratio: median {ratios[ratios.Length / 2]:F2}, from {ratios[0]:F2} to {ratios[^1]:F2}; accepted {pairs[0].Path.Accepted}, denied {pairs[0].Path.Denied}, duplicates {pairs[0].Path.Duplicates}; median {pairs.Select(pair => pair.Path.Accepted / pair.Path.Elapsed.TotalSeconds).Order().ElementAt(pairs.Count / 2):F0} accepted/s; the server at most {peakWorkingSet} MiB"));
    }
}
