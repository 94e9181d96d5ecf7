using System.Net;
using Grpc.Net.Client;
using Tracker.Server.Tests.EndToEnd;
using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>A server process that is killed and started again; it is found at the same place every time.</summary>
internal sealed class Node(string folder, params string[] settings) : IAsyncDisposable
{
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(200);

    private readonly int _httpPort = LoopbackPort.Take();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private TrackerProcess? _process;
    private GrpcChannel? _channel;

    /// <summary>Variables of the process, beside those of the tests.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string Address { get; } = $"http://127.0.0.1:{LoopbackPort.Take()}";

    public Wire.InteractionService.InteractionServiceClient Interactions => new(Channel);

    public Wire.ProfileService.ProfileServiceClient Profiles => new(Channel);

    public Wire.ConsentService.ConsentServiceClient Consents => new(Channel);

    public Wire.PolicyService.PolicyServiceClient Policies => new(Channel);

    public Wire.CatalogService.CatalogServiceClient Catalog => new(Channel);

    private GrpcChannel Channel => _channel ??= GrpcChannel.ForAddress(Address, new() { InitialReconnectBackoff = Backoff, MaxReconnectBackoff = Backoff });

    /// <summary>Returns when it takes calls.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _process = TrackerProcess.StartIn(
            folder,
            folder,
            Environment,
            [.. settings, "--Tracker:Storage:Path=.", $"--Tracker:Server:GrpcPort={new Uri(Address).Port}", $"--Tracker:Server:HttpPort={_httpPort}"]);
        await UntilReadyAsync(cancellation);
        // Where it was away, the channel may still be waiting before it tries again, and would fail the next call.
        await Channel.ConnectAsync(cancellation);
    }

    public Task UntilReadyAsync(CancellationToken cancellation) => Eventually.BecomesAsync("the node is ready", () => IsReadyAsync(cancellation), cancellation);

    /// <summary>SIGKILL: nothing is finished.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        await _process!.KillAsync(cancellation);
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>SIGTERM: what is inside is finished.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _process!.TerminateAsync(cancellation);
        Assert.Equal(0, await _process.WaitAsync(cancellation));
        await _process.DisposeAsync();
        _process = null;
    }

    public async Task<bool> IsReadyWithinAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        try
        {
            return await IsReadyAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    public TrackerProcess Import(params string[] arguments) => TrackerProcess.Start(folder, ["import", .. arguments, "--server", Address, "--json"]);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _channel?.Dispose();
        _http.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        Assert.False(_process!.HasExited, $"The node has ended: {_process.Error}{_process.Output}");
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{_httpPort}/health/ready"), cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
