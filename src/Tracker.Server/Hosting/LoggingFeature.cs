namespace Tracker.Server.Hosting;

/// <summary>Quiet by default: levels are in appsettings.json.</summary>
internal static class LoggingFeature
{
    // They log a failed start with its stack trace before StartFailure says it in one line.
    private static readonly string[] StartCategories =
        ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting.Diagnostics"];

    public static void AddQuietStart(this WebApplicationBuilder builder)
    {
        var quiet = new QuietStart();
        builder.Services.AddSingleton(quiet);
        foreach (var category in StartCategories)
        {
            builder.Logging.AddFilter(category, level => quiet.IsOver && level >= LogLevel.Warning);
        }
    }

    public static void EndQuietStart(this WebApplication app) => app.Services.GetRequiredService<QuietStart>().End();
}
