using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Tracker.Cache.Redis;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Security;
using Tracker.Storage.Mongo;
using Tracker.TestKit;

namespace Tracker.Server.Tests.Deployment;

/// <summary>
/// The instruments of the product and their tags, by the names that Prometheus gives to what it takes over OTLP
/// (UnderscoreEscapingWithSuffixes): units in braces are none, seconds are spelt out, counters are totals.
/// </summary>
internal static class ExportedMetrics
{
    private static readonly string[] HistogramSeries = ["_bucket", "_count", "_sum"];

    static ExportedMetrics()
    {
        HashSet<string> names = [];
        HashSet<string> labels = [];
        using var listener = new MeterListener { InstrumentPublished = Publish };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Add(tags));
        listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Add(tags));
        listener.Start();
        using var meters = new NoMeters();
        Exercise(new IngestionMetrics(meters, new IngestionQueue(Options.Create(new IngestionOptions()), TimeProvider.System)));
        Exercise(new RetentionMetrics(meters));
        new CacheMetrics(meters).Failed("link", asked: 1);
        Exercise(new StoreMetrics(meters));
        listener.RecordObservableInstruments();
        (Names, Labels) = (names, labels);

        void Publish(Instrument instrument, MeterListener listening)
        {
            if (instrument.Meter.Name.StartsWith("Tracker.", StringComparison.Ordinal))
            {
                names.UnionWith(NamesOf(instrument));
                listening.EnableMeasurementEvents(instrument);
            }
        }

        void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                labels.Add(Escape(tag.Key));
            }
        }
    }

    public static IReadOnlySet<string> Names { get; }

    public static IReadOnlySet<string> Labels { get; }

    private static void Exercise(IngestionMetrics metrics) => metrics.Count(
        new Caller { Tenant = new TenantId("demo"), Source = new SourceId("demo") },
        [],
        [new InteractionOutcome { MessageId = "1", Outcome = Outcome.Invalid }]);

    private static void Exercise(RetentionMetrics metrics)
    {
        metrics.Swept(new SweepResult(new Dictionary<ExpiredKind, int> { [ExpiredKind.Record] = 1 }, IsDone: true));
        metrics.Reviewed([(ReviewCause.Rule, true)]);
        metrics.Works(BackgroundWork.Review, isDone: true);
    }

    private static void Exercise(StoreMetrics metrics)
    {
        metrics.Refused("away");
        metrics.Repeated("key");
    }

    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var name = Escape(instrument.Name) + instrument.Unit switch
        {
            "s" => "_seconds",
            ['{', ..] or null => "",
            _ => throw new NotSupportedException($"The suffix of the unit {instrument.Unit} is not known."),
        };
        var kind = instrument.GetType().GetGenericTypeDefinition();
        return kind == typeof(Counter<>) ? [$"{name}_total"]
            : kind == typeof(Histogram<>) ? HistogramSeries.Select(series => name + series)
            : [name];
    }

    private static string Escape(string name) => name.Replace('.', '_');
}
