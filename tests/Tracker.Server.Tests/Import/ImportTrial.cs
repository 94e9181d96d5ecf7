using System.CommandLine;
using System.Text.Json;
using Tracker.Server.Import;

namespace Tracker.Server.Tests.Import;

/// <summary>What one run of the command gave back.</summary>
internal sealed record ImportTrial(int ExitCode, string Output, string Error)
{
    private static readonly DateTimeOffset Today = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static Task<ImportTrial> RunAsync(Workspace files, CancellationToken cancellation, params string[] arguments) =>
        RunAsync(files, new Dictionary<string, string>(), cancellation, arguments);

    public static async Task<ImportTrial> RunAsync(
        Workspace files,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellation,
        params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var command = ImportCommand.Create(
            new FixedDay(Today), name => name == "XDG_STATE_HOME" ? files.State : environment.GetValueOrDefault(name));
        var exitCode = await command.Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false },
            cancellation);
        return new ImportTrial(exitCode, output.ToString(), error.ToString());
    }

    public long Count(string name) => Json.GetProperty(name).GetInt64();
}
