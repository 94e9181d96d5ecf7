using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tracker.Server.Hosting;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Hosting;

/// <summary>A real server on a free port with everything a call passes, and services that do what a test says.</summary>
internal sealed class CallHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private CallHost(WebApplication app, GrpcChannel channel) => (_app, _channel) = (app, channel);

    public LogList Log => _app.Services.GetRequiredService<LogList>();

    public Wire.PolicyService.PolicyServiceClient Policies => new(_channel);

    public Wire.InteractionService.InteractionServiceClient Interactions => new(_channel);

    /// <param name="act">What the services do with a call.</param>
    /// <param name="settings">Settings over those of a server without tenants.</param>
    public static async Task<CallHost> StartAsync(Func<ServerCallContext, Task> act, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Tracker:Server:GrpcPort", "0"),
            new("Tracker:Server:HttpPort", "0"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
        ]);
        builder.AddHosting();
        var log = new LogList();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(log).AddSingleton(TimeProvider.System).AddSingleton(new TestAct(act)).AddSecurity().AddCalls();

        var app = builder.Build();
        app.UseMessageLimit();
        app.UseMessageBudget();
        app.MapGrpcService<TestPolicyService>();
        app.MapGrpcService<TestInteractionService>();
        await app.StartAsync();
        return new CallHost(app, GrpcChannel.ForAddress(GrpcAddress(app)));
    }

    public void Stop() => _app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }

    private static string GrpcAddress(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
