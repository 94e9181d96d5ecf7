using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

/// <summary>Two ports, because without TLS a port speaks either HTTP/2 or HTTP/1.1.</summary>
internal static class KestrelFeature
{
    private const int WindowBytes = 1_048_576;

    public static void AddPorts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServerOptions>()
            .BindConfiguration(ServerOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<ServerOptions>, ServerAddressValidator>();
        builder.Services.AddOptions<HostOptions>()
            .Configure<IOptions<ServerOptions>>((host, server) => host.ShutdownTimeout = server.Value.GracePeriod);
        builder.Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<ServerOptions>>((kestrel, server) => Listen(kestrel, server.Value));
    }

    private static void Listen(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;

        // gRPC has its own limit per message, which counts a stream by message and not as a whole.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 2 * WindowBytes;
        kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;

        var address = BindAddress.TryParse(options.BindAddress, out var parsed) ? parsed : IPAddress.Loopback;
        kestrel.Listen(address, options.GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
        kestrel.Listen(address, options.HttpPort, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
