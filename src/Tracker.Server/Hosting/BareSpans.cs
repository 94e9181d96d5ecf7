using System.Diagnostics;
using OpenTelemetry;

namespace Tracker.Server.Hosting;

/// <summary>A span says which method was called, how it ended and how long it took; nothing that a caller has written, and nowhere it came from.</summary>
internal sealed class BareSpans : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Kept =
        ["http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "rpc.system", "rpc.method", "rpc.service", "rpc.grpc.status_code", "rpc.response.status_code", "error.type", "url.scheme"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Where(tag => !Kept.Contains(tag.Key)).ToList())
        {
            data.SetTag(tag.Key, null);
        }

        data.TraceStateString = null;
        data.SetStatus(data.Status);
    }
}
