namespace Tracker.Server.Import.Reporting;

/// <summary>A line now and then, for logs and pipes.</summary>
internal sealed class LineDisplay(TextWriter writer, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task ShowAsync(ImportProgress progress, Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(Interval, time, CancellationToken.None)) != work)
        {
            await writer.WriteLineAsync(progress.IsScanning
                ? $"import: reading, {progress.Scanned} rows"
                : $"import: {progress.Pace().Describe()}");
        }
    }
}
