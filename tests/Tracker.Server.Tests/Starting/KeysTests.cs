using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Tracker.Core.Model;
using Tracker.Server.Hosting;
using Tracker.Server.Security;
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
            KeyFile.AddVersion(Demo, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
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
    }

    [Fact]
    public async Task Versions_that_two_processes_add_at_the_same_moment_are_both_kept_and_listed()
    {
        KeyFile.GetKeys(Demo);

        var added = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ServerProcess.RunAsync(_folder.Path, "keys", "add", "--tenant", "demo", "--written-from", "2100-01-01T00:00:00Z")));

        Assert.All(added, one => Assert.Equal((0, ""), (one.ExitCode, one.Error)));
        var list = (await ServerProcess.RunAsync(_folder.Path, "keys", "list")).Output;
        Assert.All([2, 3], version => Assert.Contains($"demo version {version}, written from 2100-01-01T00:00:00Z", list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_that_would_be_written_before_nodes_know_it_is_not_added()
    {
        KeyFile.GetKeys(Demo);

        var past = await ServerProcess.RunAsync(_folder.Path, "keys", "add", "--tenant", "demo", "--written-from", "2026-01-01T00:00:00Z");
        var soon = await ServerProcess.RunAsync(_folder.Path, "keys", "add", "--tenant", "demo", "--written-from", $"{DateTimeOffset.UtcNow.AddMinutes(50):O}");

        Assert.All([past, soon], refused =>
        {
            Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
            Assert.Contains("--written-from must be an hour from now or later", refused.Error, StringComparison.Ordinal);
        });
        Assert.Single(KeyFile.GetKeys(Demo));
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

    private static TenantId Demo => new("demo");

    private LocalKeyFile KeyFile => LocalKeyFile.Open(new StorageOptions { Path = _folder.File("tracker-data") }, NullLogger<LocalKeyFile>.Instance);

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
