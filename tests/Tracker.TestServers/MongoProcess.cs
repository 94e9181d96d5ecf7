using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Tracker.TestServers;

/// <summary>
/// A MongoDB of a test's own, which it may kill, pause and start again over the same data: the stand-in, because only its
/// processes are at hand. Skipped where the stand-in is not used.
/// </summary>
public sealed class MongoProcess : IAsyncDisposable
{
    private const string GatewayProject = "Tracker.DocumentDbGateway";

    /// <summary>
    /// How long a transaction of a client that was killed keeps what it has locked; MongoDB's own
    /// (transactionLifetimeLimitSeconds) is a minute.
    /// </summary>
    public static readonly TimeSpan TransactionLifetime = TimeSpan.FromSeconds(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("tracker-mongo-").FullName;
    private readonly int _port = LoopbackPort.Take();
    private string _postgres = "";
    private Process? _gateway;

    private MongoProcess()
    {
    }

    /// <summary>The same after every start.</summary>
    public string Address => $"mongodb://127.0.0.1:{_port}/";

    private string Data => Path.Combine(_folder, "data");

    public static async Task<MongoProcess> StartAsync()
    {
        DocumentDbServer.Get().Address();
        var mongo = new MongoProcess();
        try
        {
            mongo.OpenFolder();
            await mongo.StartAsync(MongoParts.All);
            return mongo;
        }
        catch
        {
            await mongo.DisposeAsync();
            throw;
        }
    }

    /// <summary>At the same place as before, with what it has stored.</summary>
    public async Task StartAsync(MongoParts parts)
    {
        if (parts.HasFlag(MongoParts.Storage))
        {
            _postgres = await StartStorageAsync();
        }

        if (parts.HasFlag(MongoParts.Gateway))
        {
            _gateway = await StartGatewayAsync();
        }
    }

    /// <summary>As a power cut does: nothing is told, nothing is finished.</summary>
    public Task KillAsync(MongoParts parts) => KillAsync(parts, Running(parts));

    /// <summary>Connections stay, and nobody answers.</summary>
    public void Pause() => Signal("STOP", Running(MongoParts.All));

    public void Continue() => Signal("CONT", Processes(MongoParts.All));

    public async ValueTask DisposeAsync()
    {
        await KillAsync(MongoParts.All, Processes(MongoParts.All));
        Directory.Delete(_folder, recursive: true);
    }

    private async Task KillAsync(MongoParts parts, List<int> processes)
    {
        Signal("KILL", processes);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (processes.Any(process => Directory.Exists($"/proc/{process}")))
        {
            await timer.WaitForNextTickAsync();
        }

        if (parts.HasFlag(MongoParts.Gateway))
        {
            _gateway?.Dispose();
            _gateway = null;
        }
    }

    // As root the server runs as another user, who must get to its folder.
    private void OpenFolder()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    private async Task<string> StartStorageAsync()
    {
        using var script = Process.Start(new ProcessStartInfo(Script(), ["start", _folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        Assert.True(script.ExitCode == 0, said[1]);
        return said[0].Trim().Split('\n')[^1];
    }

    private async Task<Process> StartGatewayAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", GatewayProject, new DirectoryInfo(AppContext.BaseDirectory).Name, $"{GatewayProject}.dll");
        string[] arguments = ["--postgres", _postgres, "--port", $"{_port}", "--transaction-idle", $"{TransactionLifetime.TotalSeconds}"];
        var gateway = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _ = gateway.StandardError.ReadToEndAsync();
        Assert.Equal(Address, await gateway.StandardOutput.ReadLineAsync());
        _ = gateway.StandardOutput.ReadToEndAsync();
        return gateway;
    }

    private List<int> Running(MongoParts parts)
    {
        var processes = Processes(parts);
        Assert.True(processes.Count > 0, "what a test kills or pauses must run");
        return processes;
    }

    private List<int> Processes(MongoParts parts)
    {
        List<int> found = [];
        if (parts.HasFlag(MongoParts.Gateway) && _gateway is { HasExited: false })
        {
            found.Add(_gateway.Id);
        }

        if (parts.HasFlag(MongoParts.Storage) && FindPostmaster() is { } postmaster)
        {
            // Stopped first, so that it starts no further process while the others are looked for.
            Signal("STOP", [postmaster]);
            found.Add(postmaster);
            found.AddRange(ChildrenOf(postmaster));
        }

        return found;
    }

    // The number that a crash leaves behind may be another program by now.
    private int? FindPostmaster()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(file))
        {
            return null;
        }

        var commandLine = $"/proc/{File.ReadLines(file).First()}/cmdline";
        return File.Exists(commandLine) && File.ReadAllText(commandLine).Split('\0').Contains(Data)
            ? int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture)
            : null;
    }

    private static IEnumerable<int> ChildrenOf(int process) => File.Exists($"/proc/{process}/task/{process}/children")
        ? File.ReadAllText($"/proc/{process}/task/{process}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
        : [];

    // Some may have ended by themselves: kill says so, and nobody needs to know.
    private static void Signal(string signal, List<int> processes)
    {
        if (processes.Count > 0)
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", .. processes.Select(process => process.ToString(CultureInfo.InvariantCulture))])
            {
                RedirectStandardError = true,
            })!;
            kill.WaitForExit();
        }
    }

    private static string Script()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "eng", "documentdb.sh")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "eng", "documentdb.sh");
    }
}
