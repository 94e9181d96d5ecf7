using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>A real server process over a folder, and everything a user does with it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly HttpClient _http = new();
    private TrackerProcess _process;

    private TestServer(string folder, int grpcPort, int httpPort)
    {
        (Folder, GrpcPort, HttpPort) = (folder, grpcPort, httpPort);
        _channel = GrpcChannel.ForAddress(Address);
        _process = Run();
    }

    public string Folder { get; }

    public int GrpcPort { get; }

    public int HttpPort { get; }

    public string Address => $"http://127.0.0.1:{GrpcPort}";

    public TrackerProcess Process => _process;

    public Wire.InteractionService.InteractionServiceClient Interactions => new(_channel);

    public Wire.ProfileService.ProfileServiceClient Profiles => new(_channel);

    public Wire.ConsentService.ConsentServiceClient Consents => new(_channel);

    public Wire.PolicyService.PolicyServiceClient Policies => new(_channel);

    public Wire.CatalogService.CatalogServiceClient Catalog => new(_channel);

    public CallInvoker Invoker => _channel.CreateCallInvoker();

    private string Data => Path.Combine(Folder, "data");

    private string State => Path.Combine(Folder, "state");

    /// <param name="keysOf">A server whose tenant keys are taken over, so that both hash alike.</param>
    public static async Task<TestServer> StartAsync(CancellationToken cancellation, TestServer? keysOf = null)
    {
        var folder = Directory.CreateTempSubdirectory("tracker-e2e-").FullName;
        if (keysOf is not null)
        {
            Directory.CreateDirectory(Path.Combine(folder, "data", "keys"));
            File.Copy(Path.Combine(keysOf.Data, "keys", "tenant-keys.json"), Path.Combine(folder, "data", "keys", "tenant-keys.json"));
        }

        var server = new TestServer(folder, FreePort(), FreePort());
        await server.WaitUntilReadyAsync(cancellation);
        return server;
    }

    public async Task RestartAsync(CancellationToken cancellation)
    {
        await _process.DisposeAsync();
        _process = Run();
        await WaitUntilReadyAsync(cancellation);
    }

    public TrackerProcess Import(params string[] arguments) => TrackerProcess.Start(State, ["import", .. arguments, "--server", Address, "--json"]);

    /// <summary>What the store holds, by the program's own verb; the server may run.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync(CancellationToken cancellation, params string[] options)
    {
        await using var dump = TrackerProcess.Start(State, ["dump", "--include-expired", .. options, "--Tracker:Storage:Path", Data]);
        var exitCode = await dump.WaitAsync(cancellation);
        return exitCode == 0 ? dump.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : throw new InvalidOperationException(dump.Error);
    }

    public async Task<HttpStatusCode> GetAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{HttpPort}{path}"), cancellation);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _channel.Dispose();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private TrackerProcess Run() => TrackerProcess.Start(
        State,
        $"--Tracker:Server:GrpcPort={GrpcPort}",
        $"--Tracker:Server:HttpPort={HttpPort}",
        $"--Tracker:Storage:Path={Data}");

    private async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The server did not start: {_process.Error}{_process.Output}");
            }

            try
            {
                if (await GetAsync("/health/ready", cancellation) == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }
}
