using Microsoft.Extensions.Options;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Core.Retention;
using Tracker.Core.Security;
using Tracker.Storage.RocksDb;
using Tracker.Storage.RocksDb.Opening;

namespace Tracker.Server.Hosting;

/// <summary>The place where the engine is chosen. Today there is one.</summary>
internal static class StorageFeature
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>()
            .BindConfiguration(StorageOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Open);
        return services
            .AddSingleton<IRecordStore>(provider => provider.GetRequiredService<RocksDbStore>().Records)
            .AddSingleton<IIdentityStore>(provider => provider.GetRequiredService<RocksDbStore>().Identities)
            .AddSingleton<IKeyStore>(provider => provider.GetRequiredService<RocksDbStore>().Keys)
            .AddSingleton<IKeyCheckStore>(provider => provider.GetRequiredService<RocksDbStore>().KeyChecks)
            .AddSingleton<KeyCheck>()
            .AddSingleton<IConsentStore>(provider => provider.GetRequiredService<RocksDbStore>().Consents)
            .AddSingleton<INoticeStore>(provider => provider.GetRequiredService<RocksDbStore>().Notices)
            .AddSingleton<ICountStore>(provider => provider.GetRequiredService<RocksDbStore>().Counts)
            .AddSingleton<ICatalogStore>(provider => provider.GetRequiredService<RocksDbStore>().Catalog)
            .AddSingleton<IProfileReader>(provider => provider.GetRequiredService<RocksDbStore>().Profiles)
            .AddSingleton<IExpireData>(provider => provider.GetRequiredService<RocksDbStore>().Expiry)
            .AddSingleton<IErrandStore>(provider => provider.GetRequiredService<RocksDbStore>().Errands)
            .AddSingleton<IReviewStore>(provider => provider.GetRequiredService<RocksDbStore>().Reviews)
            .AddSingleton<ILegalHoldStore>(provider => provider.GetRequiredService<RocksDbStore>().LegalHolds)
            .AddSingleton<IRolloutStore>(provider => provider.GetRequiredService<RocksDbStore>().Rollouts)
            .AddSingleton<IContractStore>(provider => provider.GetRequiredService<RocksDbStore>().Contracts)
            .AddSingleton<IPolicyStore>(provider => provider.GetRequiredService<RocksDbStore>().Policies);
    }

    private static RocksDbStore Open(IServiceProvider provider)
    {
        // The key file first: a key without a store is harmless, a store without its key is lost.
        provider.GetRequiredService<IKeyProvider>();

        var folder = provider.GetRequiredService<IOptions<StorageOptions>>().Value.StoreFolder;
        try
        {
            return RocksDbStore.Open(folder, provider.GetRequiredService<TimeProvider>());
        }
        catch (StoreOpenException exception)
        {
            throw new StartRefusedException(exception.Message, exception);
        }
        catch (Exception exception)
        {
            throw new StartRefusedException($"The store in {folder} cannot be opened: {exception.Message} ({StorageOptions.Section}:Path names the folder.)", exception);
        }
    }
}
