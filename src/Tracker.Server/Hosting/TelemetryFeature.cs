using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Tracker.Server.Hosting;

/// <summary>Metrics and spans, pushed over OTLP where the variables of OpenTelemetry say so; otherwise nothing leaves the process.</summary>
internal static class TelemetryFeature
{
    private const string ServiceName = "tracker";
    private const string Seconds = "s";

    private static readonly double[] Durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private static readonly double[] Sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var all = IsSet(settings, "OTEL_EXPORTER_OTLP_ENDPOINT");
        var hasMetrics = all || IsSet(settings, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
        // Not everything that takes metrics takes spans; Prometheus does not.
        var hasTraces = IsSet(settings, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") || (all && settings["OTEL_TRACES_EXPORTER"] == "otlp");
        if (!hasMetrics && !hasTraces)
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: $"{typeof(TelemetryFeature).Assembly.GetName().Version}").AddEnvironmentVariableDetector());
        if (hasMetrics)
        {
            telemetry.WithMetrics(Measure);
        }

        if (hasTraces)
        {
            telemetry.WithTracing(Trace);
        }
    }

    private static void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter("Tracker.*", "Polly")
        .AddAspNetCoreInstrumentation()
        .AddRuntimeInstrumentation()
        .AddView(instrument => Boundaries(instrument) is { } boundaries ? new ExplicitBucketHistogramConfiguration { Boundaries = boundaries } : null)
        .AddOtlpExporter();

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddAspNetCoreInstrumentation()
        .AddProcessor<BareSpans>()
        .AddOtlpExporter();

    private static double[]? Boundaries(Instrument instrument) => instrument switch
    {
        Histogram<double> { Unit: Seconds } => Durations,
        { Name: "tracker.ingestion.micro_batch.size" } => Sizes,
        _ => null,
    };

    private static bool IsSet(ConfigurationManager settings, string variable) => !string.IsNullOrEmpty(settings[variable]);
}
