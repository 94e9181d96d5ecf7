using Microsoft.Extensions.Options;
using Tracker.Server.Catalog;
using Tracker.Server.Consents;
using Tracker.Server.Ingestion;
using Tracker.Server.Policies;
using Tracker.Server.Profiles;
using Tracker.Server.Security;

namespace Tracker.Server.Hosting;

/// <summary>What every call passes: refusals outermost, then stop, caller, permission.</summary>
internal static class GrpcFeature
{
    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            options.Interceptors.Add<RefusalInterceptor>();
            options.Interceptors.Add<ShutdownGate>();
            options.Interceptors.Add<CallerGate>();
            options.Interceptors.Add<PermissionGate>();
        });
        services.AddOptions<Grpc.AspNetCore.Server.GrpcServiceOptions>()
            .Configure<IOptions<ServerOptions>>((grpc, server) => grpc.MaxReceiveMessageSize = server.Value.MaxMessageBytes);
        services.AddSingleton<RefusalInterceptor>().AddSingleton<ShutdownGate>().AddSingleton<CallerGate>().AddSingleton<PermissionGate>();
        services.AddSingleton<CallFaults>().AddSingleton<MessageLimit>().AddSingleton<MessageBudget>().AddSingleton<BudgetedMessages>().AddSingleton<RequiredPermissions>();
        return services.AddSingleton<ReflectionChoice>().AddGrpcReflection();
    }

    public static WebApplication MapCalls(this WebApplication app)
    {
        app.UseMessageLimit();
        app.UseMessageBudget();
        app.MapGrpcService<InteractionService>();
        app.MapGrpcService<ProfileService>();
        app.MapGrpcService<ConsentService>();
        app.MapGrpcService<PolicyService>();
        app.MapGrpcService<CatalogService>();
        if (app.Services.GetRequiredService<ReflectionChoice>().IsOn)
        {
            app.MapGrpcReflectionService();
        }

        // Built now, so that an RPC without a permission stops the start and not its first caller.
        app.Services.GetRequiredService<RequiredPermissions>();
        return app;
    }

    public static void UseMessageLimit(this WebApplication app) => app.Use(app.Services.GetRequiredService<MessageLimit>().InvokeAsync);

    public static void UseMessageBudget(this WebApplication app) => app.Use(app.Services.GetRequiredService<BudgetedMessages>().InvokeAsync);
}
