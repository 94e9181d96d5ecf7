using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Grpc.Net.Client;

namespace Tracker.Server.Tests.Starting;

/// <summary>The real program in a process of its own, on free ports of this machine.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _isUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Read(_output);

    public string Error => Read(_error);

    public Uri Grpc => new(GrpcPattern().Match(Output).Groups[1].Value);

    public Uri Http => new(HttpPattern().Match(Output).Groups[1].Value);

    /// <summary>Runs to the end, as one that is refused or a verb does.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, params string[] arguments)
    {
        await using var server = new ServerProcess(Start(folder, arguments));
        return (await server.WaitAsync(), server.Output, server.Error);
    }

    /// <summary>Returns when it says that it is up.</summary>
    public static async Task<ServerProcess> StartAsync(string folder, params string[] arguments)
    {
        var server = new ServerProcess(Start(folder, [.. arguments, "--Tracker:Server:GrpcPort", "0", "--Tracker:Server:HttpPort=0"]));
        if (await Task.WhenAny(server._isUp.Task, server._process.WaitForExitAsync()).WaitAsync(Patience) != server._isUp.Task)
        {
            throw new InvalidOperationException($"The server did not start: {server.Error}");
        }

        return server;
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress(Grpc);

    /// <summary>As a service manager stops it.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{_process.Id}"]).WaitForExit();

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Process Start(string folder, string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Tracker.Server.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        return Process.Start(start)!;
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Take(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }

        // The last line of the banner.
        if (line?.Contains("-- import ", StringComparison.Ordinal) is true)
        {
            _isUp.TrySetResult();
        }
    }

    [GeneratedRegex("gRPC +(http://\\S+)")]
    private static partial Regex GrpcPattern();

    [GeneratedRegex("HTTP +(http://\\S+)")]
    private static partial Regex HttpPattern();
}
