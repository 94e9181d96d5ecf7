using Spectre.Console;

namespace Tracker.Server.Import.Reporting;

/// <summary>A progress bar, for a terminal.</summary>
internal sealed class BarDisplay(IAnsiConsole console, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public async Task ShowAsync(ImportProgress progress, Task work) =>
        await console.Progress()
            .AutoClear(enabled: true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => FollowAsync(context.AddTask("reading"), progress, work));

    private async Task FollowAsync(ProgressTask bar, ImportProgress progress, Task work)
    {
        while (!work.IsCompleted)
        {
            Update(bar, progress);
            await Task.WhenAny(work, Task.Delay(Interval, time, CancellationToken.None));
        }
    }

    private static void Update(ProgressTask bar, ImportProgress progress)
    {
        bar.IsIndeterminate = progress.IsScanning;
        if (progress.IsScanning)
        {
            bar.Description = $"reading, {progress.Scanned:N0} rows";
            return;
        }

        var pace = progress.Pace();
        bar.MaxValue = Math.Max(1, pace.Rows);
        bar.Value = pace.Read;
        bar.Description = Markup.Escape(pace.Describe());
    }
}
