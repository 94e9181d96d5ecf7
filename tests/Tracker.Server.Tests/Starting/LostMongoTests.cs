using System.Net;
using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using MongoDB.Driver;
using Tracker.Server.Tests.Ingestion;
using Tracker.TestKit;
using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Starting;

/// <summary>The real program while its MongoDB is paused or gone, at the end of a link that a test may cut.</summary>
public sealed class LostMongoTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly string _database = $"tracker_lost_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
    private readonly HttpClient _http = new();
    private string _address = "";
    private ServerLink _link = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _address = (await MongoServer.GetAsync()).Address();
        _link = new ServerLink(_address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_link is not null)
        {
            await _link.DisposeAsync();
            using var client = new MongoClient(_address);
            await client.DropDatabaseAsync(_database, CancellationToken.None);
        }

        _http.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-029")]
    public async Task While_it_is_away_every_call_is_told_to_come_again_and_the_server_goes_on_by_itself(bool isPaused)
    {
        await using var server = await StartAsync();
        using var channel = server.Connect();
        var client = new Wire.InteractionService.InteractionServiceClient(channel);
        var before = await client.RecordInteractionAsync(new() { Interaction = Purchase("before") }, cancellationToken: Cancellation);

        Lose(isPaused);
        await Eventually.BecomesAsync("readiness says so", async () => await ReadyAsync(server) == HttpStatusCode.ServiceUnavailable, Cancellation);
        using var stream = client.StreamInteractions(cancellationToken: Cancellation);
        await stream.RequestStream.WriteAsync(new() { BatchId = "1", Interactions = { Purchase("meanwhile") } }, Cancellation);
        RpcException[] refused =
        [
            await RefusedAsync(client.RecordInteractionAsync(new() { Interaction = Purchase("meanwhile") }, cancellationToken: Cancellation).ResponseAsync),
            await RefusedAsync(client.RecordInteractionsAsync(new() { Interactions = { Purchase("meanwhile") } }, cancellationToken: Cancellation).ResponseAsync),
            await RefusedAsync(stream.ResponseStream.MoveNext(Cancellation)),
            await RefusedAsync(new Wire.ProfileService.ProfileServiceClient(channel).GetProfileAsync(Profile(), cancellationToken: Cancellation).ResponseAsync),
        ];
        var health = await new Health.HealthClient(channel).CheckAsync(new(), cancellationToken: Cancellation);
        using var live = await _http.GetAsync(new Uri(server.Http, "health/live"), Cancellation);
        Find();
        await Eventually.BecomesAsync("it is ready again", async () => await ReadyAsync(server) == HttpStatusCode.OK, Cancellation);
        var after = await client.RecordInteractionsAsync(new() { Interactions = { Purchase("before"), Purchase("after") } }, cancellationToken: Cancellation);

        Assert.NotEqual(Wire.Outcome.Duplicate, before.Result.Outcome);
        Assert.All(refused, refusal =>
        {
            Assert.True(refusal.StatusCode == StatusCode.Unavailable, $"{refusal.Status}: {server.Output}");
            Assert.True(refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
            Assert.DoesNotContain("mongo", refusal.Status.Detail, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal((HealthCheckResponse.Types.ServingStatus.NotServing, HttpStatusCode.OK), (health.Status, live.StatusCode));
        Assert.Equal([Wire.Outcome.Duplicate, before.Result.Outcome], after.Results.Select(result => result.Outcome));
        Assert.Equal(["5001", "5002"], Events(server));
    }

    [Fact]
    public async Task Start_without_it_is_refused_after_the_time_that_was_set()
    {
        _link.Cut();

        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, [.. Settings(), "--Tracker:Storage:Mongo:StartTimeout=00:00:01"]);

        Assert.Equal(StartTests.Refused, exitCode);
        Assert.Contains("The MongoDB that Tracker:Storage:Mongo:ConnectionString names does not answer.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_outs_that_contradict_each_other_are_named()
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, [.. Settings(), "--Tracker:Storage:Mongo:TransactionBudget=00:00:00.5", "--Tracker:Storage:Mongo:BreakFor=0"]);

        Assert.Equal(StartTests.Refused, exitCode);
        Assert.Contains("Tracker:Storage:Mongo:TransactionBudget must be from OperationTimeout to 5 minutes.", error, StringComparison.Ordinal);
        Assert.Contains("Tracker:Storage:Mongo:BreakFor must be from half a second to an hour.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transaction_that_could_outlast_the_write_deadline_is_named()
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, [.. Settings(), "--Tracker:Storage:Mongo:TransactionBudget=00:00:28"]);

        Assert.Equal(StartTests.Refused, exitCode);
        Assert.Contains("Tracker:Storage:Mongo:TransactionBudget (00:00:28) and OperationTimeout (00:00:02), in which it is committed, must together be shorter than Tracker:Ingestion:WriteDeadline (00:00:30).", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_that_is_refused_is_told_at_once_and_without_the_password()
    {
        var address = new UriBuilder(_address) { UserName = "tracker", Password = "wrong-secret" };
        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, [.. Settings(), $"--Tracker:Storage:Mongo:ConnectionString={address}"]);

        Assert.Equal(StartTests.Refused, exitCode);
        Assert.Contains("MongoDB answers and does not let the service into the database", error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", error, StringComparison.Ordinal);
    }

    private static Wire.Interaction Purchase(string id)
    {
        var purchase = Sample.Purchase();
        purchase.MessageId = id;
        purchase.SentAt = null;
        purchase.OccurredAt = DateTimeOffset.UtcNow.AddMinutes(-1).ToTimestamp();
        return purchase;
    }

    private static Wire.GetProfileRequest Profile() => new()
    {
        Profile = new() { Identifier = new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" } },
        Purpose = Wire.Purpose.OrderFulfilment,
    };

    private static async Task<RpcException> RefusedAsync<T>(Task<T> call) => await Assert.ThrowsAsync<RpcException>(() => call);

    /// <summary>Of what was logged above Information, and that MongoDB is back.</summary>
    private static IEnumerable<string> Events(ServerProcess server) =>
        server.Output.Split('\n').Where(line => line.Contains("warn:", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal) || line.Contains("[5002]", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)]);

    private void Lose(bool isPaused)
    {
        if (isPaused)
        {
            _link.Freeze();
        }
        else
        {
            _link.Cut();
        }
    }

    private void Find()
    {
        _link.Continue();
        _link.Mend();
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(_folder.Path, Settings());

    private string[] Settings() =>
    [
        $"--Tracker:Storage:Mongo:ConnectionString={_link.Address}",
        $"--Tracker:Storage:Mongo:Database={_database}",
        "--Tracker:Storage:Mongo:ServerSelectionTimeout=00:00:01",
        "--Tracker:Storage:Mongo:OperationTimeout=00:00:02",
    ];

    private async Task<HttpStatusCode> ReadyAsync(ServerProcess server)
    {
        using var answer = await _http.GetAsync(new Uri(server.Http, "health/ready"), Cancellation);
        return answer.StatusCode;
    }
}
