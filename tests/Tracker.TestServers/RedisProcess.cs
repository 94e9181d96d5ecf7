using System.Diagnostics;
using System.Text;
using StackExchange.Redis;
using Xunit;

namespace Tracker.TestServers;

/// <summary>A redis-server of a test's own, which it may kill, pause and start again; skipped where the program is missing.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private const string Program = "redis-server";

    private readonly string _folder = Directory.CreateTempSubdirectory("tracker-redis-").FullName;
    private readonly string[] _settings;
    private Process? _process;

    private RedisProcess(string[] settings) => _settings = settings;

    public int Port { get; } = LoopbackPort.Take();

    public string Address => $"127.0.0.1:{Port}";

    /// <param name="settings">More of its command line, as "--cluster-enabled", "yes".</param>
    public static async Task<RedisProcess> StartAsync(params string[] settings)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program))))
        {
            TestServer.Missing(Program, "the program is not on the PATH (Debian package redis-server)").Address();
        }

        var redis = new RedisProcess(settings);
        await redis.StartAsync();
        return redis;
    }

    /// <summary>At the same place as before, with what it has saved.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["--bind", "127.0.0.1", "--port", $"{Port}", "--dir", _folder, "--save", "", .. _settings])
        {
            RedirectStandardOutput = true,
        });
        Assert.NotNull(_process);
        var said = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        Assert.Fail($"redis-server did not start: {said}");
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Pause() => Signal("STOP");

    public void Continue() => Signal("CONT");

    public async Task<ConnectionMultiplexer> ConnectAsync() => await ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true");

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Continue();
            Kill();
        }

        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        kill.WaitForExit();
    }
}
