using System.Diagnostics;

namespace Tracker.Storage.Tests.RocksDb.Opening;

/// <summary>A second process that has the folder open and writes to it until it is killed.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="work">"commits", "claims" or "reviews".</param>
    public OtherProcess(string folder, string work = "commits")
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Tracker.Storage.CrashWriter.dll");
        var start = new ProcessStartInfo("dotnet", [program, folder, work]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException("The second process did not start.");
    }

    /// <summary>How many interactions, claims or reviews it has been told are stored.</summary>
    public int Acknowledged { get; private set; }

    public async Task WaitForAsync(int acknowledged, CancellationToken cancellation)
    {
        while (Acknowledged < acknowledged)
        {
            var line = await _process.StandardOutput.ReadLineAsync(cancellation);
            Acknowledged = line is null
                ? throw new InvalidOperationException($"The second process ended: {await _process.StandardError.ReadToEndAsync(cancellation)}")
                : int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            // A line that was cut off by the kill says nothing.
            Acknowledged = int.TryParse(line, out var number) && number > Acknowledged ? number : Acknowledged;
        }

        await _process.WaitForExitAsync(cancellation);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
