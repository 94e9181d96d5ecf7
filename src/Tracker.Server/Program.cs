using Tracker.Server.Catalog;
using Tracker.Server.Consents;
using Tracker.Server.Hosting;
using Tracker.Server.Identities;
using Tracker.Server.Ingestion;
using Tracker.Server.Policies;
using Tracker.Server.Profiles;
using Tracker.Server.Retention;
using Tracker.Server.Security;

IConfiguration? settings = null;
try
{
    if (await Verbs.RunAsync(args, Terminal.Error) is { } verbExitCode)
    {
        return verbExitCode;
    }

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    settings = builder.AddSettings(args);
    builder.AddHosting();
    builder.AddTelemetry();
    builder.Services
        .AddStorage()
        .AddCache()
        .AddSecurity()
        .AddPolicies()
        .AddIdentities()
        .AddConsents()
        .AddCatalog()
        .AddIngestion()
        .AddProfiles()
        .AddRetention()
        .AddCalls()
        .AddHealth()
        .AddFirstPage();

    await using var app = builder.Build();
    app.CheckSettings();
    await app.OpenAsync();
    app.MapCalls().MapHealth().MapFirstPage();

    await app.StartAsync();
    app.EndQuietStart();
    await app.PrintBannerAsync(Terminal.Out);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception, settings) is { } explanation)
{
    await Terminal.Error.WriteLineAsync($"Tracker cannot start.{Environment.NewLine}{explanation}");
    return StartFailure.ExitCode;
}
