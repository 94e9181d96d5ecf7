using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tracker.Bench.Others;

/// <summary>The verb `serve`: a server that Tracker is compared with, on a free port of this machine, until the process ends.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> Postgres = new("--postgres") { Description = "Connection string of PostgreSQL.", Required = true };

    public static Command Create()
    {
        var noOp = new Command("no-op", "Parses every interaction and answers that it was accepted.");
        noOp.SetAction((_, cancellation) => RunAsync<NoOpService>(_ => { }, cancellation));
        var plain = new Command("plain", "One transaction per call on PostgreSQL: identity row and consent row are read, the interaction is inserted unless it is there.") { Postgres };
        plain.SetAction(async (arguments, cancellation) =>
        {
            await using var source = NpgsqlDataSource.Create(arguments.GetValue(Postgres)!);
            return await RunAsync<PlainService>(services => services.AddSingleton(source), cancellation);
        });
        return new Command("serve", "Something to compare with.") { noOp, plain };
    }

    private static async Task<int> RunAsync<TService>(Action<IServiceCollection> register, CancellationToken cancellation)
        where TService : class
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        register(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 2 * 1_048_576;
            kestrel.Limits.Http2.InitialStreamWindowSize = 1_048_576;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        await using var app = builder.Build();
        app.MapGrpcService<TService>();
        await app.StartAsync(cancellation);
        Console.WriteLine($"gRPC {app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()}");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }
}
