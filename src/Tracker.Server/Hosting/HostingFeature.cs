using Microsoft.Extensions.Options;
using Tracker.Core.Policies;
using Tracker.Core.Security;
using Tracker.Server.Security;
using Tracker.Storage.RocksDb;

namespace Tracker.Server.Hosting;

/// <summary>The frame around the features: ports, logging, and a container that is checked whole at the start.</summary>
internal static class HostingFeature
{
    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.AddPorts();
        builder.AddQuietStart();
        builder.Host.UseDefaultServiceProvider(container => (container.ValidateOnBuild, container.ValidateScopes) = (true, true));
    }

    /// <summary>All settings at once, before anything is opened.</summary>
    public static void CheckSettings(this WebApplication app)
    {
        Settings.CheckSections(app.Configuration);
        TenantsShape.Check(app.Configuration);
        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    /// <summary>Before the ports open: a server without its policies or its store takes no call.</summary>
    /// <exception cref="StartRefusedException">The folder of the data cannot be used.</exception>
    public static async Task OpenAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<PolicyRegister>();
        try
        {
            app.OpenFolder();
            await app.Services.GetRequiredService<PolicyArchive>().StoreInForceAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var folder = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Root;
            throw new StartRefusedException($"The data folder {folder} cannot be used: {exception.Message} The user that starts Tracker must be able to write to it; {StorageOptions.Section}:Path chooses another.", exception);
        }
    }

    private static void OpenFolder(this WebApplication app)
    {
        app.Services.GetRequiredService<RocksDbStore>();

        // All keys now and not with the first call, so that a copy of the key file is whole from the start.
        var keys = app.Services.GetRequiredService<IKeyProvider>();
        foreach (var tenant in app.Services.GetRequiredService<CallerDirectory>().Policies.Keys)
        {
            keys.GetKeys(tenant);
        }
    }
}
