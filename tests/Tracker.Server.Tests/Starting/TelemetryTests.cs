using System.Text;
using Grpc.Core;
using Tracker.Server.Tests.Deployment;
using Tracker.Server.Tests.Ingestion;
using Tracker.TestKit;
using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Starting;

public sealed class TelemetryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Metrics_leave_the_process_under_the_names_that_the_board_asks_for()
    {
        string[] expected =
        [
            "tracker_interactions_total", "tracker_ingestion_waiting", "tracker_ingestion_micro_batch_duration_seconds_bucket", "tracker_ingestion_micro_batch_size_sum",
            "tracker_retention_lag_seconds", "tracker_retention_errand_lag_seconds", "tracker_retention_overdue", "tracker_retention_holds_unreviewed", "tracker_retention_working",
        ];
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await ServerProcess.StartAsync(_folder.Path, receiver.Environment);

        await RecordAsync(server, "ada@example.com");
        await Eventually.BecomesAsync("every metric is pushed", () => expected.All(Series(receiver).Contains) && receiver.Metrics.Any(IsRequestDuration), Cancellation);

        Assert.Subset(ExportedMetrics.Names.ToHashSet(), Series(receiver).Where(name => name.StartsWith("tracker_", StringComparison.Ordinal)).ToHashSet());
        Assert.Contains(receiver.Metrics, metric => metric.Meter == "System.Runtime");
        Assert.Contains("tracker-1", Text(receiver, "/v1/metrics"), StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", Text(receiver, "/v1/metrics"), StringComparison.Ordinal);
        Assert.Empty(receiver.Pushed("/v1/traces"));
    }

    [Fact]
    public async Task Spans_leave_only_where_they_are_asked_for_and_hold_nothing_that_a_caller_wrote()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var environment = receiver.Environment;
        environment["OTEL_TRACES_EXPORTER"] = "otlp";
        environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        await using var server = await ServerProcess.StartAsync(_folder.Path, environment);

        await RecordAsync(server, "ada@example.com");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.UserAgent.ParseAdd("agent-of-ada/1.0");
        http.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        http.DefaultRequestHeaders.Add("tracestate", "who=ada");
        await http.GetAsync(new Uri(server.Http, "health/ready?who=ada@example.com"), Cancellation);
        await http.GetAsync(new Uri(server.Http, "of/ada@example.com"), Cancellation);
        await Eventually.BecomesAsync(
            "spans are pushed",
            () => Text(receiver, "/v1/traces") is var spans && spans.Contains("RecordInteraction", StringComparison.Ordinal) && spans.Contains("/health/ready", StringComparison.Ordinal),
            Cancellation);

        Assert.DoesNotContain("ada", Text(receiver, "/v1/traces"), StringComparison.Ordinal);
    }

    private static async Task RecordAsync(ServerProcess server, string email)
    {
        var purchase = Sample.Purchase();
        purchase.SentAt = null;
        purchase.OccurredAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(-1));
        purchase.Identifiers.Clear();
        purchase.Identifiers.Add(new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = email });
        using var channel = server.Connect();
        await new Wire.InteractionService.InteractionServiceClient(channel).RecordInteractionAsync(new() { Interaction = purchase }, new Metadata { { "user-agent", "agent-of-ada" } }, cancellationToken: Cancellation);
    }

    /// <summary>Recorded when a request has ended, which is after its answer: a push in between has every other metric but this.</summary>
    private static bool IsRequestDuration(OtlpMetric metric) => metric is { Meter: "Microsoft.AspNetCore.Hosting", Name: "http.server.request.duration" };

    private static HashSet<string> Series(OtlpReceiver receiver) => [.. receiver.Metrics.SelectMany(metric => metric.Series)];

    private static string Text(OtlpReceiver receiver, string path) => string.Concat(receiver.Pushed(path).Select(Encoding.Latin1.GetString));
}
