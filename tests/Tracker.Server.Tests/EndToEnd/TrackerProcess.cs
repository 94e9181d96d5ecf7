using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>One run of the real program, as whoever uses it starts it.</summary>
internal sealed class TrackerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private TrackerProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => Read(_output);

    public string Error => Read(_error);

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    /// <param name="state">Where the program keeps what it remembers between runs.</param>
    public static TrackerProcess Start(string state, params string[] arguments) => StartIn(AppContext.BaseDirectory, state, arguments);

    /// <param name="folder">The current directory of the program.</param>
    public static TrackerProcess StartIn(string folder, string state, params string[] arguments) =>
        StartIn(folder, state, new Dictionary<string, string>(), arguments);

    /// <param name="environment">Variables beside those of the tests.</param>
    public static TrackerProcess StartIn(string folder, string state, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartProgram(Path.Combine(AppContext.BaseDirectory, "Tracker.Server.dll"), folder, state, environment, arguments);

    /// <param name="program">The server as it was published elsewhere.</param>
    public static TrackerProcess StartProgram(string program, string folder, string state, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["XDG_STATE_HOME"] = state;
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        return new(Process.Start(start)!);
    }

    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellation);
    }

    public async Task TerminateAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
