using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Tracker.Bench.Identity;

/// <summary>
/// The verb `heavy`: whether a person with very many interactions and identifiers, or a value that everybody sends and the policy
/// blocks, slows anybody else down.
/// </summary>
internal static class HeavyCommand
{
    private static readonly Option<string?> Address = new("--mongodb") { Description = "Connection string; the embedded store if absent." };
    private static readonly Option<int> People = new("--people") { Description = "Others, known by one address each.", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<int> Interactions = new("--interactions") { Description = "Of the heavy person.", DefaultValueFactory = _ => 200_000 };
    private static readonly Option<int> Identifiers = new("--identifiers") { Description = "Cookies of the heavy person.", DefaultValueFactory = _ => 999 };
    private static readonly Option<int> Batch = new("--batch") { Description = "Interactions of a micro-batch.", DefaultValueFactory = _ => 500 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Micro-batches that are measured each time.", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> Blocked = new("--blocked") { Description = "How often the blocked value is seen in all.", DefaultValueFactory = _ => 1_000_000 };

    public static Command Create()
    {
        var command = new Command("heavy", "What a heavy person and a blocked value cost the others.") { Address, People, Interactions, Identifiers, Batch, Rounds, Blocked };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using var people = arguments.GetValue(Address) is { } address ? await KnownPeople.OnMongoAsync(address, cancellation) : KnownPeople.OnRocksDb();
        var (batch, rounds) = (arguments.GetValue(Batch), arguments.GetValue(Rounds));
        await people.GrowToAsync(arguments.GetValue(People), cancellation);
        var first = await MeasureAsync(Crowd.Anybody, rounds);
        Tell("others alone", first, first);
        await people.AddHeavyAsync(arguments.GetValue(Identifiers), arguments.GetValue(Interactions), cancellation);
        Tell("others beside the heavy person", await MeasureAsync(Crowd.Anybody, rounds), first);
        Tell("with one interaction of the heavy person in each micro-batch", await MeasureAsync(Crowd.WithHeavy, rounds), first);
        using (var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var reader = Task.Run(() => people.ReadHeavyAsync(reading.Token), cancellation);
            Tell("others while all of the heavy person is read again and again", await MeasureAsync(Crowd.Anybody, rounds), first);
            await reading.CancelAsync();
            Console.WriteLine($"{await reader} records of the heavy person were read meanwhile");
        }

        await MeasureAsync(Crowd.WithBlocked, Math.Max(1, arguments.GetValue(Blocked) / batch / 4));
        Tell("with the blocked value in each interaction", await MeasureAsync(Crowd.WithBlocked, rounds), first);
        Tell("others alone again", await MeasureAsync(Crowd.Anybody, rounds), first);
        await MeasureDeletionAsync(people, batch, first, cancellation);
        return 0;

        async Task<double> MeasureAsync(Crowd crowd, int times) => (await people.MeasureAsync(batch, times, cancellation, crowd)).Whole is var whole ? whole[whole.Length / 2] : 0;
    }

    /// <summary>The heavy person has withdrawn: for as long as it takes the review to delete everything.</summary>
    private static async Task MeasureDeletionAsync(KnownPeople people, int batch, double first, CancellationToken cancellation)
    {
        List<double> costs = [];
        var watch = Stopwatch.StartNew();
        var deletion = Task.Run(() => people.DeleteHeavyAsync(cancellation), cancellation);
        while (!deletion.IsCompleted)
        {
            costs.AddRange((await people.MeasureAsync(batch, 1, cancellation)).Whole);
        }

        await deletion;
        Tell(
            string.Create(CultureInfo.InvariantCulture, $"others while all of the heavy person is deleted after a withdrawal ({watch.Elapsed.TotalSeconds:F1} s, {costs.Count} micro-batches)"),
            costs.Order().ElementAt(costs.Count / 2),
            first);
    }

    private static void Tell(string what, double cost, double first) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {cost:F1} us an interaction from reading to durable, {cost / first:F2} of the first row"));
}
