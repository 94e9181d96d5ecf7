using Google.Protobuf;

namespace Tracker.Server.Tests.Starting;

/// <summary>Of opentelemetry.proto.metrics.v1 what the tests ask for; its package is not to be had.</summary>
internal sealed record OtlpMetric(string Meter, string Name, string Unit, bool IsCounter, bool IsHistogram)
{
    private static readonly string[] HistogramSeries = ["_bucket", "_count", "_sum"];

    /// <summary>As Prometheus calls it (UnderscoreEscapingWithSuffixes).</summary>
    public IEnumerable<string> Series
    {
        get
        {
            var name = Name.Replace('.', '_') + (Unit == "s" ? "_seconds" : "");
            return IsHistogram ? HistogramSeries.Select(series => name + series) : [IsCounter ? $"{name}_total" : name];
        }
    }

    /// <param name="request">ExportMetricsServiceRequest: resource_metrics = 1, scope_metrics = 2, scope = 1 with name = 1, metrics = 2.</param>
    public static IEnumerable<OtlpMetric> ReadAll(byte[] request) =>
        from resource in Messages(request, field: 1)
        from scope in Messages(resource, field: 2)
        let meter = Messages(scope, field: 1).Select(named => Text(named, field: 1)).Single()
        from metric in Messages(scope, field: 2)
        select new OtlpMetric(meter, Text(metric, field: 1), Text(metric, field: 3), IsCounter: Messages(metric, field: 7).Count > 0, IsHistogram: Messages(metric, field: 9).Count > 0);

    private static string Text(byte[] message, int field) => Messages(message, field).Select(System.Text.Encoding.UTF8.GetString).FirstOrDefault("");

    private static List<byte[]> Messages(byte[] message, int field)
    {
        List<byte[]> found = [];
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
