using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Tracker.Server.Tests.Starting;

/// <summary>Takes what a server pushes over OTLP (http/protobuf) on loopback, and keeps it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _pushed;

    private OtlpReceiver(WebApplication app, ConcurrentQueue<(string Path, byte[] Body)> pushed) => (_app, _pushed) = (app, pushed);

    /// <summary>What the server is started with.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=tracker-1",
    };

    public IEnumerable<OtlpMetric> Metrics => Pushed("/v1/metrics").SelectMany(OtlpMetric.ReadAll);

    public static async Task<OtlpReceiver> StartAsync()
    {
        ConcurrentQueue<(string, byte[])> pushed = [];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            pushed.Enqueue((context.Request.Path, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return new OtlpReceiver(app, pushed);
    }

    public IEnumerable<byte[]> Pushed(string path) => _pushed.Where(push => push.Path == path).Select(push => push.Body);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
