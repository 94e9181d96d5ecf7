using Tracker.Server.Tests.Import.Synthetic;

namespace Tracker.Server.Tests.EndToEnd;

public sealed class CrashTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task An_import_that_was_cut_by_a_killed_server_ends_in_the_same_data(int batchesBeforeTheKill)
    {
        await using var undisturbed = await TestServer.StartAsync(_cancellation);
        await FinishAsync(undisturbed);
        await using var killed = await TestServer.StartAsync(_cancellation, keysOf: undisturbed);

        await using (var cut = killed.Import(SampleFile.Csv, "--mapping", "online-retail", "--batch", "20", "--give-up-after", "1"))
        {
            await UntilStoredAsync(killed, batchesBeforeTheKill * 20, cut);
            await killed.Process.KillAsync(_cancellation);
            await cut.WaitAsync(_cancellation);
        }

        await killed.RestartAsync(_cancellation);
        await FinishAsync(killed);

        var expected = await undisturbed.DumpAsync(_cancellation, "--comparable");
        var found = await killed.DumpAsync(_cancellation, "--comparable");
        Assert.True(expected.Count > 1_000);
        Assert.Contains(expected, line => line.Contains("\"payload_digest\"", StringComparison.Ordinal));
        Assert.Equal(expected, found);
    }

    private async Task FinishAsync(TestServer server)
    {
        await using var import = server.Import(SampleFile.Csv, "--mapping", "online-retail");
        Assert.Equal(0, await import.WaitAsync(_cancellation));
    }

    /// <summary>Waits until the store holds something and is not done: the middle of an import.</summary>
    private async Task UntilStoredAsync(TestServer server, int interactions, TrackerProcess import)
    {
        while (!import.HasExited && (await server.DumpAsync(_cancellation, "--part", "unique")).Count < interactions)
        {
            await Task.Yield();
        }
    }
}
