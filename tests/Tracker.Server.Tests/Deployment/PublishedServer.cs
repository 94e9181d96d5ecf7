using System.Diagnostics;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Tracker.Server.Tests.EndToEnd;
using Tracker.Server.Tests.Import;
using Tracker.TestKit;
using TestServer = Tracker.Server.Tests.EndToEnd.TestServer;

namespace Tracker.Server.Tests.Deployment;

/// <summary>What the Dockerfile makes, without an engine: the sources it copies, its publish step, its entry point and environment.</summary>
internal sealed class PublishedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // Nodes and compilers that outlive the command would keep its output open.
    private static readonly (string Name, string Value)[] NothingStays =
        [("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0")];

    private readonly TempFolder _folder = new();
    private TrackerProcess? _process;

    public TrackerProcess Process => _process ?? throw new InvalidOperationException("It was not started.");

    private string App => _folder.File("app");

    private string Source => _folder.File("source");

    public int GrpcPort { get; } = TestServer.FreePort();

    public int HttpPort { get; } = TestServer.FreePort();

    /// <summary>Runs the publish step on exactly the files that the image is built from.</summary>
    public async Task PublishAsync(CancellationToken cancellation)
    {
        foreach (var copy in Dockerfile.BuildStage.Where(instruction => instruction.Name == "COPY"))
        {
            Copy(copy.Arguments.Split(' '));
        }

        var run = Assert.Single(Dockerfile.BuildStage, instruction => instruction.Name == "RUN").Arguments.Split(' ');
        Assert.Equal(["dotnet", "publish"], run[..2]);
        var start = new ProcessStartInfo("dotnet", [.. run[1..].Select(InFolder)]) { WorkingDirectory = Source, RedirectStandardOutput = true };
        foreach (var (name, value) in NothingStays)
        {
            start.Environment[name] = value;
        }

        using var publish = System.Diagnostics.Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        var output = await publish.StandardOutput.ReadToEndAsync(patience.Token);
        await publish.WaitForExitAsync(patience.Token);
        Assert.True(publish.ExitCode == 0, output);
    }

    /// <summary>As a container starts it, but reachable from this machine only.</summary>
    public void Start()
    {
        var environment = new Dictionary<string, string>(Dockerfile.Environment)
        {
            ["Tracker__Server__BindAddress"] = "127.0.0.1",
            ["Tracker__Server__GrpcPort"] = $"{GrpcPort}",
            ["Tracker__Server__HttpPort"] = $"{HttpPort}",
            ["Tracker__Storage__Path"] = _folder.File("data"),
        };
        Assert.Equal("dotnet", Dockerfile.EntryPoint[0]);
        _process = TrackerProcess.StartProgram(InFolder(Dockerfile.EntryPoint[1]), _folder.Path, _folder.Path, environment, Dockerfile.EntryPoint[2..]);
    }

    public async Task<HealthCheckResponse.Types.ServingStatus> WaitUntilServingAsync(CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{GrpcPort}");
        var health = new Health.HealthClient(channel);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(cancellation) && !Process.HasExited)
        {
            try
            {
                var answer = await health.CheckAsync(new HealthCheckRequest(), cancellationToken: cancellation);
                if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
                {
                    return answer.Status;
                }
            }
            catch (RpcException)
            {
                // Not listening yet.
            }
        }

        throw new InvalidOperationException($"The server did not start: {Process.Error}{Process.Output}");
    }

    /// <returns>The exit code of the container's own check.</returns>
    public async Task<int> CheckHealthAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Dockerfile.HealthCheck[0], Dockerfile.HealthCheck[1..]) { RedirectStandardError = true };
        start.Environment["Tracker__Server__HttpPort"] = $"{HttpPort}";
        using var check = System.Diagnostics.Process.Start(start)!;
        await check.WaitForExitAsync(cancellation);
        return check.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    // The image has its folders at the root.
    private string InFolder(string argument) =>
        argument == "/app" || argument.StartsWith("/app/", StringComparison.Ordinal) ? App + argument["/app".Length..] : argument;

    private void Copy(string[] arguments)
    {
        var target = Path.GetFullPath(Path.Combine(Source, arguments[^1]));
        foreach (var from in arguments[..^1].Select(name => Path.Combine(Repository.Root, name)))
        {
            if (Directory.Exists(from))
            {
                CopyFolder(from, target);
            }
            else
            {
                Directory.CreateDirectory(target);
                File.Copy(from, Path.Combine(target, Path.GetFileName(from)));
            }
        }
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
