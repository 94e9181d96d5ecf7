using Grpc.Core;
using Tracker.Server.Tests.Ingestion;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Starting;

/// <summary>A new version of a tenant's keys, as an operator adds it to a running service.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Person_who_was_known_before_is_the_same_after_a_new_version_is_written()
    {
        await using (var before = await ServerProcess.StartAsync(_folder.Path))
        {
            await BuyAsync(before, "before");
            var (code, output, error) = await ServerProcess.RunAsync(_folder.Path, "keys", "add", "--tenant", "demo", "--written-from", "2026-01-01T00:00:00Z");
            Assert.Equal((0, ""), (code, error));
            Assert.Contains("demo version 2, written from 2026-01-01T00:00:00Z", output, StringComparison.Ordinal);
            // It does not know the new one, and goes on.
            await BuyAsync(before, "between");
        }

        await using var after = await ServerProcess.StartAsync(_folder.Path);
        await BuyAsync(after, "after");

        using var channel = after.Connect();
        var timeline = await new Wire.ProfileService.ProfileServiceClient(channel).ListInteractionsAsync(
            new() { Profile = new() { Identifier = Ada }, Purpose = Wire.Purpose.OrderFulfilment },
            cancellationToken: Cancellation);
        Assert.Equal(["after", "before", "between"], timeline.Interactions.Select(interaction => interaction.MessageId).Order());
        Assert.Contains("demo version 2, written from 2026-01-01T00:00:00Z", (await ServerProcess.RunAsync(_folder.Path, "keys", "list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no key file", "keys", "list")]
    [InlineData("There is no key file", "keys", "add", "--tenant", "demo")]
    [InlineData("--tenant", "keys", "add")]
    public async Task Without_keys_or_a_tenant_it_says_what_is_missing(string expected, params string[] arguments)
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static Wire.Identifier Ada => new() { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" };

    private static async Task BuyAsync(ServerProcess server, string id)
    {
        var purchase = Sample.Purchase();
        (purchase.MessageId, purchase.SentAt) = (id, null);
        purchase.OccurredAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(-1));
        purchase.Identifiers.Clear();
        purchase.Identifiers.Add(Ada);
        using var channel = server.Connect();
        await new Wire.InteractionService.InteractionServiceClient(channel).RecordInteractionAsync(new() { Interaction = purchase }, new Metadata(), cancellationToken: Cancellation);
    }
}
