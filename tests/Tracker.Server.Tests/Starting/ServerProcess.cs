using System.Text.RegularExpressions;
using Grpc.Net.Client;
using Tracker.Server.Tests.EndToEnd;

namespace Tracker.Server.Tests.Starting;

/// <summary>The real program over a folder, on the free ports its banner names.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TrackerProcess _process;

    private ServerProcess(TrackerProcess process) => _process = process;

    public string Output => _process.Output;

    public string Error => _process.Error;

    public Uri Grpc => new(GrpcPattern().Match(Output).Groups[1].Value);

    public Uri Http => new(HttpPattern().Match(Output).Groups[1].Value);

    private bool IsUp => Output.Contains("-- import ", StringComparison.Ordinal);

    /// <summary>Runs to the end, as one that is refused or a verb does.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, new Dictionary<string, string>(), arguments);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var server = new ServerProcess(TrackerProcess.StartIn(folder, folder, environment, arguments));
        return (await server.WaitAsync(), server.Output.Trim(), server.Error.Trim());
    }

    /// <summary>Returns when it has said that it is up.</summary>
    public static Task<ServerProcess> StartAsync(string folder, params string[] arguments) => StartAsync(folder, new Dictionary<string, string>(), arguments);

    public static async Task<ServerProcess> StartAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var server = new ServerProcess(TrackerProcess.StartIn(folder, folder, environment, [.. arguments, "--Tracker:Server:GrpcPort", "0", "--Tracker:Server:HttpPort=0"]));
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!server.IsUp)
        {
            if (server._process.HasExited)
            {
                throw new InvalidOperationException($"The server did not start: {server.Error}");
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }

        return server;
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress(Grpc);

    /// <summary>As a service manager stops it.</summary>
    public Task TerminateAsync() => _process.TerminateAsync(CancellationToken.None);

    public async Task<int> WaitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _process.WaitAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex("gRPC +(http://\\S+)")]
    private static partial Regex GrpcPattern();

    [GeneratedRegex("HTTP +(http://\\S+)")]
    private static partial Regex HttpPattern();
}
