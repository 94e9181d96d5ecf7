using Spectre.Console;

namespace Tracker.Server.Import.Reporting;

/// <summary>Progress goes to the error stream, so that the output is the summary and nothing else.</summary>
internal sealed class ImportReport(TextWriter output, TextWriter error, TimeProvider time)
{
    public IProgressDisplay Display()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Profile.Out.IsTerminal ? new BarDisplay(console, time) : new LineDisplay(error, time);
    }

    public async Task WriteAsync(ImportSummary summary, bool asJson)
    {
        foreach (var warning in summary.Warnings)
        {
            await error.WriteLineAsync($"import: warning: {warning}");
        }

        if (summary.Problem is { } problem)
        {
            await RefuseAsync(problem);
        }

        if (asJson)
        {
            await output.WriteLineAsync(SummaryJson.Write(summary));
        }
        else if (summary.RefusedWith is null)
        {
            SummaryTable.Write(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }), summary);
        }
    }

    public async Task RefuseAsync(string problem) =>
        await error.WriteLineAsync($"import: {problem.ReplaceLineEndings(" ")}");
}
