using System.Security.Cryptography;
using System.Text;
using Tracker.Storage.RocksDb.Dump;
using Tracker.TestKit;

namespace Tracker.Server.Tests.Faults;

/// <summary>A node with a cap of 2,000 interactions a second is offered 20,000 by three sources, of which one is ten times as greedy as the others.</summary>
[Collection(nameof(FaultCollection))]
public sealed class FloodTests : IDisposable
{
    private const int Cap = 2_000;
    private const int Modest = 1_667;
    private const int Greedy = 10 * Modest;

    // Of managed memory, 256 MiB: beyond it the process ends.
    private const string HeapLimit = "0x10000000";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TempFolder _folder = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    private static TimeSpan Duration => TimeSpan.FromSeconds(Rounds.AreMany ? 60 : 8);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_flood_is_shared_fairly_bounded_in_memory_and_lost_to_nobody()
    {
        string[] names = ["greedy", "till", "web"];
        await using var node = new Node(_folder.Path, [.. Settings(names), $"--Tracker:Ingestion:MaxPerSecond={Cap}"]) { Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit } };
        await node.StartAsync(_cancellation);
        Flooder[] sources = [.. names.Select(name => new Flooder(name, new Uri(node.Address), name, name == "greedy" ? Greedy : Modest))];

        var flood = Task.WhenAll(sources.Select(source => source.RunAsync(Duration, _cancellation)));
        var healthy = await WatchHealthAsync(node, flood);

        AssertEverythingIsAnswered(sources);
        AssertShares(sources);
        Assert.True(healthy, "Health did not answer in time.");
        Assert.Contains(sources.SelectMany(source => source.Used), used => used > 0.5);
        await AssertRecoversAsync(sources[1]);
        await node.StopAsync(_cancellation);
        Assert.Equal(sources.Sum(source => source.Accepted), CountStored());
        Array.ForEach(sources, source => source.Dispose());
    }

    private static void AssertEverythingIsAnswered(Flooder[] sources) => Assert.All(sources, source =>
    {
        Assert.Equal(source.Sent, source.Accepted + source.Refused);
        Assert.True(source.Refused > 0 && source.WereAllToldWhen, $"{source.Refused} were refused, not all with a delay.");
    });

    /// <summary>All three want more than a third, so each has a third; and all of the cap is used.</summary>
    private static void AssertShares(Flooder[] sources)
    {
        var accepted = sources.Sum(source => source.Accepted);

        // In a short run the process still compiles itself, beside whatever else the machine does.
        Assert.InRange(accepted, (Rounds.AreMany ? 0.8 : 0.4) * Cap * Duration.TotalSeconds, (1.1 * Cap * Duration.TotalSeconds) + (2 * Cap));
        Assert.All(sources, source => Assert.InRange(source.Accepted / (double)accepted, 0.27, 0.40));
    }

    private async Task<bool> WatchHealthAsync(Node node, Task flood)
    {
        var isHealthy = true;
        while (!flood.IsCompleted)
        {
            isHealthy &= await node.IsReadyWithinAsync(Patience, _cancellation);
            await Task.WhenAny(flood, Task.Delay(TimeSpan.FromMilliseconds(100), _cancellation));
        }

        await flood;
        return isHealthy;
    }

    private async Task AssertRecoversAsync(Flooder source)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.True(await source.SendOneAsync(_cancellation));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
    }

    private int CountStored()
    {
        using var dump = StoreDump.OpenReadOnly(Path.Combine(_folder.Path, "store"), TimeProvider.System);
        return dump.Read("records", new()).Count();
    }

    private static IEnumerable<string> Settings(string[] names) => names.SelectMany((name, place) => (string[])
    [
        "--Tracker:Tenants:0:Id=demo",
        $"--Tracker:Tenants:0:Sources:{place}:Id={name}",
        $"--Tracker:Tenants:0:Sources:{place}:Keys:0:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}",
        $"--Tracker:Tenants:0:Sources:{place}:Keys:0:Permissions:0=INTERACTION_WRITE",
    ]).Distinct();
}
