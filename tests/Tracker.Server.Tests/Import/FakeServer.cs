using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Import;

/// <summary>A real server on a loopback port, with a service that remembers what it was sent.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _host;

    private FakeServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _host = builder.Build();
        _host.MapGrpcService<FakeInteractionService>();
    }

    public string Address => _host.Urls.Single();

    public ConcurrentDictionary<string, Interaction> Stored { get; } = new();

    public ConcurrentQueue<int> BatchSizes { get; } = new();

    public Metadata Headers { get; set; } = [];

    /// <summary>What happens before a batch is answered; batches count from 1 over all streams.</summary>
    public Func<int, ServerCallContext, Task> BeforeAnswer { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Interaction, InteractionResult> Answer { get; set; } =
        interaction => new InteractionResult { MessageId = interaction.MessageId, Outcome = Outcome.Accepted };

    public static async Task<FakeServer> StartAsync(CancellationToken cancellation)
    {
        var server = new FakeServer();
        await server._host.StartAsync(cancellation);
        return server;
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();
}
