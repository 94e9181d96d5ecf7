using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf.Reflection;
using MongoDB.Driver;
using Tracker.Server.Tests.Faults;
using Tracker.Server.Tests.Import;
using Tracker.Server.Tests.Import.Synthetic;
using Tracker.TestKit;
using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.TwoStores;

[Collection(nameof(FaultCollection))]
public sealed class SameAnswersTests : IDisposable
{
    private static readonly string[] Reading = ["Get", "List", "Check", "Explain", "Preview", "Simulate", "Suggest"];
    private static readonly string[] OfTheRun = ["seconds", "shift"];

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly TempFolder _embeddedFolder = new();
    private readonly TempFolder _mongoFolder = new();
    private readonly string _database = $"tracker_stores_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    public void Dispose()
    {
        _embeddedFolder.Dispose();
        _mongoFolder.Dispose();
    }

    [Fact]
    public Task A_week_of_orders_is_answered_alike_by_both_stores() => AssertSameAnswersAsync([SampleFile.Csv]);

    [Theory]
    [InlineData("2011-02")]
    [InlineData("2011-01")]
    [InlineData("2011-03")]
    [InlineData("2010-12")]
    public Task A_month_of_a_real_shop_is_answered_alike_by_both_stores(string month)
    {
        Assert.SkipUnless(Rounds.AreMany, $"Takes minutes: asked where {Rounds.Variable} is set, as .ci/full does.");
        var data = Repository.FindData("online-retail");
        Assert.SkipWhen(data is null, "The real data set online-retail is not beside this repository (shared/data/online-retail); the synthetic week shows the same.");
        return AssertSameAnswersAsync([Path.Combine(data!, $"{month}.csv.gz")]);
    }

    private async Task AssertSameAnswersAsync(string[] files)
    {
        var address = (await MongoServer.GetAsync()).Address();
        using var client = new MongoClient(address);
        await using var embedded = new Node(_embeddedFolder.Path, Quick);
        await embedded.StartAsync(_cancellation);
        Directory.CreateDirectory(_mongoFolder.File("keys"));
        File.Copy(_embeddedFolder.File("keys/tenant-keys.json"), _mongoFolder.File("keys/tenant-keys.json"));
        await using var mongo = new Node(
            _mongoFolder.Path,
            [
                .. Quick,
                $"--Tracker:Storage:Mongo:ConnectionString={address}",
                $"--Tracker:Storage:Mongo:Database={_database}",
                "--Tracker:Storage:Mongo:OperationTimeout=00:00:02.5",
                "--Tracker:Storage:Mongo:TransactionBudget=00:00:07",
            ]);
        try
        {
            await mongo.StartAsync(_cancellation);
            await AssertSameAnswersAsync(embedded, mongo, files);
        }
        finally
        {
            await client.DropDatabaseAsync(_database, CancellationToken.None);
        }
    }

    /// <summary>What was withdrawn is gone soon, so that no answer depends on when it was asked.</summary>
    private static string[] Quick =>
        ["--Tracker:Retention:ReviewInterval=00:00:01", "--Tracker:Ingestion:WriteDeadline=00:00:10", "--Tracker:Consents:SecondPassDelay=00:00:13"];

    private async Task AssertSameAnswersAsync(Node embedded, Node mongo, string[] files)
    {
        var imported = await ImportAsync(embedded, files);
        Assert.Equal(imported, await ImportAsync(mongo, [.. files, "--shift-weeks", imported["shift_weeks"]]));

        var sold = new SoldInvoices(await SampleFile.ReadAsync(files, _cancellation));
        var decisions = new Decisions(sold.People, _cancellation);
        await decisions.TellAsync(embedded);
        await decisions.TellAsync(mongo);
        Assert.Equal(await decisions.CountAsync(embedded), await decisions.CountAsync(mongo));
        Assert.Equal(await decisions.CountAsync(embedded), await decisions.CountAsync(mongo));
        var told = await decisions.ClaimAsync(embedded);
        Assert.Equal(told, await decisions.ClaimAsync(mongo));
        Assert.Equal(("Accepted", 2, 10), (told[0].Split(' ')[0], told.Count(answer => !answer.StartsWith("NotFound", StringComparison.Ordinal)), told.Count(answer => answer.StartsWith("NotFound No receipt", StringComparison.Ordinal))));
        await UntilSettledAsync(decisions, embedded, mongo);

        var answers = await Task.WhenAll(AskAsync(embedded, sold, decisions), AskAsync(mongo, sold, decisions));

        Assert.Equal(ReadingCalls(), answers[0].Asked.Order(StringComparer.Ordinal));
        Assert.All(answers[0].Answers.Zip(answers[1].Answers), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(answers[0].Answers.Count, answers[1].Answers.Count);
    }

    /// <returns>The summary, without what differs from run to run.</returns>
    private async Task<SortedDictionary<string, string>> ImportAsync(Node node, string[] words)
    {
        await using var import = node.Import([.. words, "--mapping", "online-retail"]);
        Assert.True(await import.WaitAsync(_cancellation) == 0, import.Error);
        using var summary = JsonDocument.Parse(import.Output);
        return new(summary.RootElement.EnumerateObject().Where(field => !OfTheRun.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value.ToString()));
    }

    /// <summary>What was withdrawn is deleted by each node in its own time; until then some ends are still to move.</summary>
    private async Task UntilSettledAsync(Decisions decisions, Node embedded, Node mongo)
    {
        ((string Question, string Answer) Embedded, (string Question, string Answer) Mongo)? difference = null;
        await Eventually.BecomesAsync(
            () => $"both answer alike for those who have decided: {difference}",
            async () =>
            {
                var (one, other) = (new Questionnaire(embedded, _cancellation), new Questionnaire(mongo, _cancellation));
                foreach (var decider in decisions.Deciders)
                {
                    await one.AskAboutAsync(decider, [Wire.Purpose.RightsHandling]);
                    await other.AskAboutAsync(decider, [Wire.Purpose.RightsHandling]);
                }

                difference = one.Answers.Zip(other.Answers).Cast<((string, string), (string, string))?>().FirstOrDefault(pair => pair!.Value.Item1 != pair.Value.Item2);
                return difference is null;
            },
            _cancellation);
    }

    private async Task<Questionnaire> AskAsync(Node node, SoldInvoices sold, Decisions decisions)
    {
        var asked = new Questionnaire(node, _cancellation);
        var closely = decisions.Deciders.ToHashSet();
        foreach (var (person, index) in sold.People.Select((person, index) => (person, index)))
        {
            var purposes = Rounds.AreMany || closely.Contains(person) || index % 40 == 0 ? Questionnaire.AllPurposes : Questionnaire.MainPurposes;
            await asked.AskAboutAsync(person, purposes);
        }

        foreach (var message in sold.Messages)
        {
            await asked.AskAboutMessageAsync(message);
        }

        await asked.AskAboutPersonAsync(Decisions.Merged);
        await asked.AskAboutAllAsync(sold.People);
        return asked;
    }

    private static IEnumerable<string> ReadingCalls() =>
        ((ServiceDescriptor[])[Wire.ProfileService.Descriptor, Wire.ConsentService.Descriptor, Wire.PolicyService.Descriptor, Wire.CatalogService.Descriptor, Wire.InteractionService.Descriptor])
        .SelectMany(service => service.Methods)
        .Select(method => method.Name)
        .Where(name => Reading.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);
}
