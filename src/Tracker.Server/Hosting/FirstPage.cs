namespace Tracker.Server.Hosting;

/// <summary>What a browser sees: how to make the first call.</summary>
internal static class FirstPage
{
    public static IServiceCollection AddFirstPage(this IServiceCollection services) => services.AddSingleton<Banner>();

    public static WebApplication MapFirstPage(this WebApplication app)
    {
        app.MapGet("/", (Banner banner) => $"Tracker speaks gRPC; this port has health only.\n\n{banner.FirstCall()}");
        return app;
    }

    public static Task PrintBannerAsync(this WebApplication app, TextWriter output) =>
        output.WriteLineAsync(app.Services.GetRequiredService<Banner>().Text());
}
