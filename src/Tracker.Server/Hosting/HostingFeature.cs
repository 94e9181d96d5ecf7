using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;
using Tracker.Server.Security;

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
    /// <exception cref="StartRefusedException">The folder of the data cannot be used, its keys are those of another store, or a rule keeps longer than a notice in use states.</exception>
    public static async Task OpenAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<PolicyRegister>();
        try
        {
            await app.OpenFolderAsync();
            await app.Services.GetRequiredService<NoticeAudit>().CheckAsync(CancellationToken.None);
            await app.Services.GetRequiredService<PolicyArchive>().StoreInForceAsync(CancellationToken.None);
        }
        catch (PolicyInvalidException refused)
        {
            throw new StartRefusedException(refused.Message, refused);
        }
        catch (RefusalException away) when (away.Reason == RefusalReason.StoreUnavailable)
        {
            var storage = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
            throw new StartRefusedException(
                storage.Mongo.IsChosen
                    ? $"The MongoDB that {StorageOptions.MongoSection}:ConnectionString names does not answer. ({StorageOptions.MongoSection}:{nameof(storage.Mongo.StartTimeout)} says how long a start waits for it.)"
                    : $"The store in {storage.StoreFolder} does not answer. ({StorageOptions.Section}:Path names the folder.)",
                away);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var folder = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Root;
            throw new StartRefusedException($"The data folder {folder} cannot be used: {exception.Message} The user that starts Tracker must be able to write to it; {StorageOptions.Section}:Path chooses another.", exception);
        }
    }

    private static async Task OpenFolderAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<ChosenStore>().OpenAsync(CancellationToken.None);
        await app.Services.GetRequiredService<ChosenCache>().OpenAsync();
        await app.CheckTenantsAsync();

        // All keys now and not with the first call, so that a copy of the key file is whole from the start.
        var check = app.Services.GetRequiredService<KeyCheck>();
        foreach (var tenant in app.Services.GetRequiredService<CallerDirectory>().Policies.Keys)
        {
            if (!await check.IsOfStoreAsync(tenant, CancellationToken.None))
            {
                var storage = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
                throw new StartRefusedException($"The key file {LocalKeyFile.PathIn(storage)} is not the one that {storage.Place} was written under: the keys of tenant '{tenant}' differ. Nothing in the store could be read with them; restore the right file from your key backup.");
            }
        }
    }

    /// <summary>Nobody would say how long the data of a tenant without a policy may be kept: it would stay.</summary>
    private static async Task CheckTenantsAsync(this WebApplication app)
    {
        var configured = app.Services.GetRequiredService<CallerDirectory>().Policies.Keys;
        var identities = app.Services.GetRequiredService<IIdentityStore>();
        foreach (var tenant in (await app.Services.GetRequiredService<IKeyCheckStore>().ListTenantsAsync(CancellationToken.None)).Except(configured))
        {
            if ((await identities.ListProfilesAsync(tenant, after: null, limit: 1, CancellationToken.None)).Count > 0)
            {
                throw new StartRefusedException($"The store holds people of tenant '{tenant}', which {TenantsOptions.Section} does not name: nothing would delete what is to go. Configure it again, or choose another store ({StorageOptions.Section}).");
            }
        }
    }
}
