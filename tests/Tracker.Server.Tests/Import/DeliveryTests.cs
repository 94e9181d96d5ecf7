using Google.Protobuf;
using Grpc.Core;
using Tracker.Contracts.V1;
using Tracker.Server.Import;
using Tracker.Server.Tests.Import.Synthetic;

namespace Tracker.Server.Tests.Import;

public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly Workspace _files = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly SyntheticCounts _counts = SyntheticWeek.Create().Counts;
    private FakeServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync(_cancellation);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task A_week_arrives_complete_and_shifted()
    {
        var trial = await ImportAsync();

        Assert.Equal(ExitCodes.Delivered, trial.ExitCode);
        Assert.Equal((_counts.Read, _counts.Skipped, _counts.Sent, _counts.Sent), Counts(trial, "read", "skipped", "sent", "accepted"));
        Assert.Equal(_counts.Sent, _server.Stored.Count);
        var newest = _server.Stored.Values.Max(interaction => interaction.OccurredAt.ToDateTime());
        Assert.InRange(newest, new DateTime(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 10, 23, 59, 59, DateTimeKind.Utc));
    }

    [Fact]
    public async Task A_second_import_of_the_same_file_finds_only_duplicates()
    {
        await ImportAsync();

        var trial = await ImportAsync();

        Assert.Equal((0, _counts.Sent), (trial.Count("accepted"), trial.Count("duplicate")));
        Assert.Equal("remembered", trial.Json.GetProperty("shift").GetString());
        Assert.Equal(ExitCodes.Delivered, trial.ExitCode);
    }

    [Fact]
    public async Task The_summary_for_programs_is_one_line_with_the_counts_first()
    {
        var trial = await ImportAsync();

        Assert.Equal(1, trial.Output.Count(character => character == '\n'));
        Assert.Equal(
            ["read", "skipped", "sent", "accepted", "stripped", "duplicate", "denied", "suppressed", "invalid", "failed", "shift_weeks"],
            trial.Json.EnumerateObject().Select(property => property.Name).Take(11));
    }

    [Fact]
    public async Task Several_small_batches_are_answered_in_order()
    {
        var trial = await ImportAsync("--batch", "50");

        Assert.Equal(_counts.Sent, trial.Count("accepted"));
        Assert.All(_server.BatchSizes, size => Assert.InRange(size, 1, 50));
        Assert.Equal((_counts.Sent + 49) / 50, _server.BatchSizes.Count);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.ResourceExhausted)]
    public async Task A_dropped_stream_is_resumed_where_answers_stopped(StatusCode code)
    {
        _server.BeforeAnswer = (batch, _) => batch == 3 ? throw new RpcException(new Status(code, "")) : Task.CompletedTask;

        var trial = await ImportAsync("--batch", "50");

        Assert.Equal((_counts.Sent, _counts.Sent, 0), Counts(trial, "sent", "accepted", "failed"));
        Assert.Equal(ExitCodes.Delivered, trial.ExitCode);
    }

    [Fact]
    public async Task A_broken_connection_is_made_again()
    {
        _server.BeforeAnswer = (batch, context) =>
        {
            if (batch == 3)
            {
                context.GetHttpContext().Abort();
            }

            return Task.CompletedTask;
        };

        var trial = await ImportAsync("--batch", "50");

        Assert.Equal(0, trial.Count("failed"));
        Assert.Equal(_counts.Sent, trial.Count("accepted") + trial.Count("duplicate"));
    }

    [Fact]
    public async Task A_silent_server_is_given_up_and_everything_without_an_answer_has_failed()
    {
        _server.BeforeAnswer = (batch, context) => batch > 2 ? Task.Delay(Timeout.Infinite, context.CancellationToken) : Task.CompletedTask;

        var trial = await ImportAsync("--batch", "50", "--give-up-after", "5");

        Assert.Equal(ExitCodes.Failed, trial.ExitCode);
        Assert.Equal((100, _counts.Sent - 100), (trial.Count("accepted"), trial.Count("failed")));
        Assert.Contains("answered nothing for 5 s", trial.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_speaks_no_grpc_is_named_without_a_chain_of_exceptions()
    {
        await using var http = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder().Build();
        http.Urls.Add("http://127.0.0.1:0");
        await http.StartAsync(_cancellation);

        var trial = await ImportTrial.RunAsync(
            _files, _cancellation, SampleFile.Csv, "--mapping", "online-retail", "--server", http.Urls.Single(), "--give-up-after", "1");

        Assert.Equal(ExitCodes.Failed, trial.ExitCode);
        Assert.Contains($"{http.Urls.Single()}/ answered nothing for 1 s; --server must be the gRPC address", trial.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", trial.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_is_cancelled_while_it_waits_says_for_what()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        var refusals = 0;
        _server.BeforeAnswer = async (_, _) =>
        {
            if (Interlocked.Increment(ref refusals) == 3)
            {
                await interrupt.CancelAsync();
            }

            throw new RpcException(new Status(StatusCode.Unavailable, "starting"));
        };

        var trial = await ImportTrial.RunAsync(_files, interrupt.Token, Arguments());

        Assert.Equal(ExitCodes.Cancelled, trial.ExitCode);
        Assert.Contains($"{_server.Address}/ does not answer, Unavailable: starting", trial.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_watches_is_told_why_nothing_moves()
    {
        var tally = new ImportTally();
        var progress = new ImportProgress(tally, TimeProvider.System);
        progress.Start(317);

        tally.Waits("nobody is there");

        Assert.Equal("0 of 317 rows, 0 interactions answered, waiting: nobody is there", progress.Pace().Describe());
    }

    [Fact]
    public async Task A_caller_who_may_not_write_is_told_at_once()
    {
        _server.BeforeAnswer = (_, _) => throw new RpcException(new Status(StatusCode.Unauthenticated, "no key"));

        var trial = await ImportAsync("--api-key", "wrong");

        Assert.Equal((ExitCodes.Failed, _counts.Sent), (trial.ExitCode, (int)trial.Count("failed")));
        Assert.Contains("--api-key", Assert.Single(trial.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("Bearer wrong", _server.Headers.GetValue("authorization"));
    }

    [Fact]
    public async Task A_key_may_come_from_the_environment_and_the_option_wins()
    {
        var environment = new Dictionary<string, string> { [ImportCommand.ApiKeyVariable] = "known" };

        await ImportTrial.RunAsync(_files, environment, _cancellation, Arguments());
        var fromEnvironment = _server.Headers.GetValue("authorization");
        await ImportTrial.RunAsync(_files, environment, _cancellation, Arguments("--api-key", "other"));

        Assert.Equal(("Bearer known", "Bearer other"), (fromEnvironment, _server.Headers.GetValue("authorization")));
    }

    [Theory]
    [InlineData("x", true, ExitCodes.Invalid)]
    [InlineData("x", false, ExitCodes.Delivered)]
    [InlineData("6", true, ExitCodes.Delivered)]
    public async Task An_import_fails_for_an_invalid_row_only_where_it_was_asked_to(string quantity, bool failsOnInvalid, int exitCode)
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"), Retail.Row("2", quantity: quantity));
        string[] arguments = [file, "--mapping", "online-retail", "--server", _server.Address, "--json"];

        var trial = await ImportTrial.RunAsync(_files, _cancellation, failsOnInvalid ? [.. arguments, "--fail-on-invalid"] : arguments);

        Assert.Equal(exitCode, trial.ExitCode);
        Assert.Contains("1", _server.Stored.Values.Select(interaction => interaction.Content.Commerce.OrderId));
    }

    [Fact]
    public async Task Every_outcome_is_counted_with_its_reason_and_its_row()
    {
        var denied = new InteractionResult { Outcome = Outcome.Denied, Reason = "NO_LEGAL_BASIS" };
        var stripped = new InteractionResult { Outcome = Outcome.AcceptedStripped };
        stripped.Denials.Add(new PurposeDenial { Purpose = Purpose.DirectMarketing, Reason = "CONSENT_MISSING" });
        var invalid = new InteractionResult { Outcome = Outcome.Invalid };
        invalid.Violations.Add(new FieldViolation { Field = "interactions[2].type", Description = "is unknown" });
        _server.Answer = interaction => interaction.MessageId[^1] switch { '1' => denied, '2' => stripped, _ => invalid };
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"), Retail.Row("2"), Retail.Row("3"), Retail.Row("4", quantity: "x"));

        var trial = await ImportTrial.RunAsync(
            _files, _cancellation, file, "--mapping", "online-retail", "--server", _server.Address, "--json");

        Assert.Equal((1, 1, 2, 0), (trial.Count("denied"), trial.Count("stripped"), trial.Count("invalid"), trial.Count("accepted")));
        Assert.Equal(
            """{"denied":{"NO_LEGAL_BASIS":1},"invalid":{"UNREADABLE_ROW":1},"stripped":{"DIRECT_MARKETING CONSENT_MISSING":1}}""",
            trial.Json.GetProperty("reasons").GetRawText());
        Assert.Contains($"{file}:4 type: is unknown", trial.Json.GetProperty("examples").EnumerateArray().Select(example => example.GetString()));
    }

    [Fact]
    public async Task People_get_a_table_and_the_shift()
    {
        var trial = await ImportTrial.RunAsync(
            _files, _cancellation, SampleFile.Csv, "--mapping", "online-retail", "--server", _server.Address);

        Assert.Contains("stock write-off", trial.Output, StringComparison.Ordinal);
        Assert.Contains("Times were moved by 91 weeks", trial.Output, StringComparison.Ordinal);
        Assert.Empty(trial.Error);
    }

    [Fact]
    public async Task A_cancelled_import_still_says_how_far_it_came()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        _server.BeforeAnswer = async (batch, context) =>
        {
            if (batch == 3)
            {
                await interrupt.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
        };

        var trial = await ImportTrial.RunAsync(_files, interrupt.Token, Arguments("--batch", "50"));

        Assert.Equal(ExitCodes.Cancelled, trial.ExitCode);
        Assert.True(trial.Json.GetProperty("cancelled").GetBoolean());
        Assert.Equal(trial.Count("sent"), trial.Count("accepted") + trial.Count("failed"));
    }

    [Fact]
    public async Task An_interaction_arrives_as_it_was_mapped()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"));
        var mapped = (await Retail.MapAsync("online-retail", _cancellation, file)).Ready("1").Interaction;

        await ImportTrial.RunAsync(
            _files, _cancellation, file, "--mapping", "online-retail", "--server", _server.Address, "--shift", "none");

        Assert.Equal(mapped.ToByteString(), Assert.Single(_server.Stored.Values).ToByteString());
    }

    private static (long, long, long) Counts(ImportTrial trial, string first, string second, string third) =>
        (trial.Count(first), trial.Count(second), trial.Count(third));

    private static (long, long, long, long) Counts(ImportTrial trial, string first, string second, string third, string fourth) =>
        (trial.Count(first), trial.Count(second), trial.Count(third), trial.Count(fourth));

    private string[] Arguments(params string[] further) =>
        [SampleFile.Csv, "--mapping", "online-retail", "--server", _server.Address, "--json", .. further];

    private Task<ImportTrial> ImportAsync(params string[] further) => ImportTrial.RunAsync(_files, _cancellation, Arguments(further));
}
