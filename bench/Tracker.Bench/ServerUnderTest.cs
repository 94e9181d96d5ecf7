using System.Diagnostics;

namespace Tracker.Bench;

/// <summary>The real program beside this one, on free ports of this machine.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private static readonly string[] AsInTheImage = ["DOTNET_gcServer=1", "DOTNET_GCHeapCount=2", "DOTNET_GCNoAffinitize=1", "DOTNET_GCgen0size=0x8000000"];

    private readonly ProcessStartInfo _start;
    private readonly string _folder;

    private Process _process;
    private Uri? _grpc;

    private ServerUnderTest(ProcessStartInfo start, string folder) => (_start, _process, _folder) = (start, Process.Start(start)!, folder);

    public Uri Grpc => _grpc ?? throw new InvalidOperationException("Not started.");

    /// <summary>In MiB, since it started.</summary>
    public long PeakWorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / (1_024 * 1_024);
        }
    }

    /// <summary>Processor time since it started.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public int ProcessId => _process.Id;

    /// <summary>Where the embedded store is.</summary>
    public string StoreFolder => Path.Combine(_folder, "store");

    /// <param name="address">Connection string of MongoDB; null: the embedded store, in a folder of its own.</param>
    /// <param name="environment">NAME=VALUE, besides what the image sets.</param>
    public static Task<ServerUnderTest> StartAsync(string? address, string database, IReadOnlyList<string> environment, CancellationToken cancellation)
    {
        string[] store = address is null ? [] : [$"--Tracker:Storage:Mongo:ConnectionString={address}", $"--Tracker:Storage:Mongo:Database={database}"];
        return StartAsync("Tracker.Server.dll", ["--Tracker:Storage:Path=.", .. store, "--Tracker:Server:GrpcPort=0", "--Tracker:Server:HttpPort=0"], environment, cancellation);
    }

    /// <summary>One of what Tracker is compared with, which this program is as well.</summary>
    public static Task<ServerUnderTest> StartOtherAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        StartAsync("Tracker.Bench.dll", ["serve", .. arguments], [], cancellation);

    private static async Task<ServerUnderTest> StartAsync(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("tracker-bench-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var variable in AsInTheImage.Concat(environment).Select(variable => variable.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, program)))
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ServerUnderTest(start, folder);
        try
        {
            server._grpc = await server.ReadAddressAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: nothing is finished.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Again on the same folder; on other ports.</summary>
    /// <returns>How long it took until it listened.</returns>
    public async Task<TimeSpan> StartAgainAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        _process = Process.Start(_start)!;
        _grpc = await ReadAddressAsync(cancellation);
        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Uri> ReadAddressAsync(CancellationToken cancellation)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["gRPC", var uri, ..])
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new(uri);
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }
}
