using System.CommandLine;
using System.Globalization;

namespace Tracker.Bench.Identity;

/// <summary>
/// The verb `identity`: what it costs to resolve one known identifier, with all that a decision reads of its person, however many
/// identifiers are known.
/// </summary>
internal static class IdentityCommand
{
    private static readonly Option<string?> Address = new("--mongodb") { Description = "Connection string; the embedded store if absent." };
    private static readonly Option<int[]> Sizes = new("--sizes") { Description = "Known identifiers, one row each, rising.", DefaultValueFactory = _ => [10_000, 1_000_000], AllowMultipleArgumentsPerToken = true };
    private static readonly Option<int> Batch = new("--batch") { Description = "Interactions of a micro-batch, each of another person.", DefaultValueFactory = _ => 500 };
    private static readonly Option<TimeSpan> Settle = new("--settle") { Description = "How long the store may tidy up after it was filled.", DefaultValueFactory = _ => TimeSpan.FromSeconds(20) };
    private static readonly Option<bool> IsServed = new("--server") { Description = "Through a server process over gRPC, from the call to its durable answer, four calls of a batch at a time." };
    private static readonly Option<int?> WarmUp = new("--warm-up") { Description = "Rounds before them that do not count, until the store has in memory what is asked for; as many as are measured if absent. Of --server alone." };
    private static readonly Option<TimeSpan> KnownFor = new("--known-for") { Description = "Since when the first person is known, at most 700 days; the others until today. Beyond a day a person's first receipt also extends all that is kept of them, which few people have behind them after the warm-up and many have not. Of --server alone." };
    private static readonly Option<int> Each = new("--each") { Description = "Identifiers of a person, from 1 to 3: loyalty card, e-mail address, telephone; an interaction names one of them. Of --server alone.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Micro-batches that are measured at each size.", DefaultValueFactory = _ => 60 };

    public static Command Create()
    {
        var command = new Command("identity", "What the resolution of known identifiers costs, by how many are known.") { Address, Sizes, Batch, WarmUp, Rounds, Settle, IsServed, KnownFor, Each };
        command.SetAction((arguments, cancellation) => arguments.GetValue(IsServed) ? RunServedAsync(arguments, cancellation) : RunAsync(arguments, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var people = arguments.GetValue(Address) is { } address ? await KnownPeople.OnMongoAsync(address, cancellation) : KnownPeople.OnRocksDb();
        (double Reading, double Whole)? first = null;
        foreach (var size in arguments.GetValue(Sizes)!)
        {
            await people.GrowToAsync(size, cancellation);
            await Task.Delay(arguments.GetValue(Settle), cancellation);
            var (reading, whole) = await people.MeasureAsync(arguments.GetValue(Batch), arguments.GetValue(Rounds), cancellation);
            first ??= (Median(reading), Median(whole));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size} identifiers: {Row("reading", reading, first.Value.Reading)}; {Row("reading to durable", whole, first.Value.Whole)}"));
        }

        return 0;
    }

    private static async Task<int> RunServedAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var people = await ServedPeople.StartAsync(arguments.GetValue(Address), arguments.GetValue(Each), cancellation);
        double? first = null;
        foreach (var size in arguments.GetValue(Sizes)!)
        {
            await people.GrowToAsync(size, arguments.GetValue(Sizes)!.Max(), arguments.GetValue(KnownFor), cancellation);
            await Task.Delay(arguments.GetValue(Settle), cancellation);
            var costs = await people.MeasureAsync(arguments.GetValue(Batch), arguments.GetValue(WarmUp) ?? arguments.GetValue(Rounds), arguments.GetValue(Rounds), cancellation);
            first ??= Median(costs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size} identifiers: {Row("call to durable answer", costs, first.Value)}; the server at most {people.PeakWorkingSet} MiB"));
        }

        return 0;
    }

    private static double Median(double[] costs) => costs[costs.Length / 2];

    private static string Row(string what, double[] costs, double first) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what} {Median(costs):F1} us an interaction (from {costs[0]:F1} to {costs[^1]:F1}), {Median(costs) / first:F2} of the first row");
}
