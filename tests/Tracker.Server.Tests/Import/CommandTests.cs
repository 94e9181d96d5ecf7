using Tracker.Server.Import;

namespace Tracker.Server.Tests.Import;

public sealed class CommandTests : IDisposable
{
    private readonly Workspace _files = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("--server", "localhost:5081")]
    [InlineData("--mappings", "online-retail")]
    [InlineData("--batch", "0")]
    [InlineData("--batch", "1001")]
    [InlineData("--shift", "days")]
    [InlineData("--shift-weeks", "20000")]
    [InlineData("--give-up-after", "0")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2(string option, string value)
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"));

        var trial = await ImportTrial.RunAsync(_files, _cancellation, file, "--mapping", "online-retail", option, value);

        Assert.Equal((ExitCodes.Usage, ""), (trial.ExitCode, trial.Output));
        Assert.Contains(option, Assert.Single(trial.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shift_cannot_be_none_and_some_weeks()
    {
        var trial = await ImportTrial.RunAsync(
            _files, _cancellation, "a.csv", "--mapping", "online-retail", "--shift", "none", "--shift-weeks", "3");

        Assert.Equal(ExitCodes.Usage, trial.ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var trial = await ImportTrial.RunAsync(_files, _cancellation, "gone.csv", "--mapping", "online-retail");

        Assert.Equal(ExitCodes.Usage, trial.ExitCode);
        Assert.Equal("import: file 'gone.csv' does not exist", trial.Error.Trim());
    }

    [Fact]
    public async Task A_file_given_twice_would_count_twice_and_is_refused()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"));

        var trial = await ImportTrial.RunAsync(_files, _cancellation, file, file, "--mapping", "online-retail");

        Assert.Equal(ExitCodes.Usage, trial.ExitCode);
    }

    [Fact]
    public async Task An_invalid_mapping_file_is_told_in_one_line()
    {
        var mapping = _files.Write("mapping.json", "{ \"name\": \"X\" }");
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"));

        var trial = await ImportTrial.RunAsync(_files, _cancellation, file, "--mapping", mapping);

        Assert.Equal(ExitCodes.Usage, trial.ExitCode);
        Assert.Contains("$.group_by: is missing", Assert.Single(trial.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_to_programs_in_the_summary_too()
    {
        var file = _files.Write("a.csv", "InvoiceNo,StockCode", "1,A");

        var trial = await ImportTrial.RunAsync(_files, _cancellation, file, "--mapping", "online-retail", "--json");

        Assert.Equal(ExitCodes.Usage, trial.ExitCode);
        Assert.Equal($"import: {trial.Json.GetProperty("problem").GetString()}", trial.Error.Trim());
        Assert.Equal(0, trial.Count("sent"));
    }

    [Fact]
    public async Task A_refusal_is_one_line_for_people_and_no_table()
    {
        var file = _files.Write("a.csv", "InvoiceNo,StockCode", "1,A");

        var trial = await ImportTrial.RunAsync(_files, _cancellation, file, "--mapping", "online-retail");

        Assert.Equal((ExitCodes.Usage, ""), (trial.ExitCode, trial.Output));
        Assert.Single(trial.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_absent_server_fails_every_interaction_and_is_named()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"), Retail.Row("2"));

        var trial = await ImportTrial.RunAsync(
            _files, _cancellation, file, "--mapping", "online-retail", "--server", "http://127.0.0.1:9", "--give-up-after", "1", "--json");

        Assert.Equal((ExitCodes.Failed, 2), (trial.ExitCode, trial.Count("failed")));
        Assert.StartsWith("import: http://127.0.0.1:9/ answered nothing for 1 s", trial.Error, StringComparison.Ordinal);
        Assert.Contains("ConnectionRefused", trial.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_does_not_say_sent_of_what_never_left()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"));

        var trial = await ImportTrial.RunAsync(
            _files, _cancellation, file, "--mapping", "online-retail", "--server", "http://127.0.0.1:9", "--give-up-after", "1");

        Assert.DoesNotContain("sent to the service", trial.Output, StringComparison.Ordinal);
        Assert.Contains("taken up for sending, answered or not", trial.Output, StringComparison.Ordinal);
    }
}
