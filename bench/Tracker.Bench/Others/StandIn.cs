using System.Diagnostics;

namespace Tracker.Bench.Others;

/// <summary>The servers of the tests, started by the scripts of this checkout in a folder of their own, which goes with them.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly string _script;
    private readonly string _folder;

    private StandIn(string script, string folder, string address) => (_script, _folder, Address) = (script, folder, address);

    public string Address { get; }

    public static async Task<StandIn> PostgresAsync(CancellationToken cancellation)
    {
        var (script, folder) = (Script("documentdb.sh"), NewFolder());
        var told = await RunAsync(script, "start", folder, cancellation);
        return new(script, folder, told.Trim().Split('\n')[^1]);
    }

    public static async Task<StandIn> MongoAsync(CancellationToken cancellation)
    {
        var (script, folder) = (Script("test-servers.sh"), NewFolder());
        var told = await RunAsync(script, "start", folder, cancellation);
        return new(script, folder, told.Split('\n').Single(line => line.Contains("TRACKER_TEST_MONGODB=", StringComparison.Ordinal)).Split('"')[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(_script, "stop", _folder, CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    // PostgreSQL runs as another user if this one is root, and has to get in.
    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("tracker-bench-servers-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_001_001);
        }

        return folder;
    }

    private static string Script(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "eng", name) is var script && File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidOperationException($"eng/{name} is in no folder above {AppContext.BaseDirectory}: run it in a checkout.");
    }

    private static async Task<string> RunAsync(string script, string verb, string folder, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [script, verb, folder]) { RedirectStandardOutput = true })!;
        // What it has started holds its output open, so it is read by line and not to the end.
        List<string> lines = [];
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                lines.Add(text);
            }
        };
        process.BeginOutputReadLine();
        while (!process.HasExited)
        {
            await Task.Delay(100, cancellation);
        }

        await Task.Delay(200, cancellation);
        return process.ExitCode == 0 ? string.Join('\n', lines) : throw new InvalidOperationException($"{script} {verb} ended with {process.ExitCode}.");
    }
}
