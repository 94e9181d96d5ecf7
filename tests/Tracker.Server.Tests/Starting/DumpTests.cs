using Google.Protobuf.WellKnownTypes;
using Tracker.Server.Tests.Ingestion;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Starting;

public sealed class DumpTests : IDisposable
{
    private const string KeyFile = "tracker-data/keys/tenant-keys.json";

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_file_that_does_not_fit_the_store_is_told_in_one_line()
    {
        await using var server = await ServerProcess.StartAsync(_folder.Path);
        await RecordAsync(server);

        await File.WriteAllTextAsync(_folder.File(KeyFile), "{", Cancellation);
        await AssertRefusedAsync("is not valid JSON");

        var other = Convert.ToBase64String(new byte[32]);
        await File.WriteAllTextAsync(
            _folder.File(KeyFile), $$$"""{"format":1,"tenants":{"demo":[{"version":1,"wrapping_key":"{{{other}}}","hash_key":"{{{other}}}"}]}}""", Cancellation);
        await AssertRefusedAsync("is not the one that this store was written under");
    }

    private static async Task RecordAsync(ServerProcess server)
    {
        var purchase = Sample.Purchase();
        purchase.SentAt = null;
        purchase.OccurredAt = DateTimeOffset.UtcNow.AddMinutes(-1).ToTimestamp();
        using var channel = server.Connect();

        var answer = await new Wire.InteractionService.InteractionServiceClient(channel).RecordInteractionAsync(new() { Interaction = purchase }, cancellationToken: Cancellation);

        Assert.NotEmpty(answer.Result.InteractionId);
    }

    private async Task AssertRefusedAsync(string said)
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, "dump", "--part", "records");

        Assert.Equal(StartTests.Refused, exitCode);
        Assert.Contains(said, Assert.Single(error.Split('\n')), StringComparison.Ordinal);
    }
}
