using Microsoft.Extensions.Options;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Security;
using Tracker.Storage.Mongo;

namespace Tracker.Server.Hosting;

/// <summary>The ports, whichever engine is behind them.</summary>
internal static class StorageFeature
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>()
            .BindConfiguration(StorageOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddSingleton<IValidateOptions<StorageOptions>, MongoOptionsValidator>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<StoreMetrics>().AddSingleton<ChosenStore>();
        return services
            .AddSingleton<IRecordStore>(provider => Of(provider).Records)
            .AddSingleton<IIdentityStore>(provider => Of(provider).Identities)
            .AddSingleton<IPersonStore>(provider => Of(provider).Persons)
            .AddSingleton<IKeyStore>(provider => Of(provider).Keys)
            .AddSingleton<IKeyCheckStore>(provider => Of(provider).KeyChecks)
            .AddSingleton<KeyCheck>()
            .AddSingleton<IConsentStore>(provider => Of(provider).Consents)
            .AddSingleton<INoticeStore>(provider => Of(provider).Notices)
            .AddSingleton<ICountStore>(provider => Of(provider).Counts)
            .AddSingleton<ICatalogStore>(provider => Of(provider).Catalog)
            .AddSingleton<IProfileReader>(provider => Of(provider).Profiles)
            .AddSingleton<IExpireData>(provider => Of(provider).Expiry)
            .AddSingleton<IErrandStore>(provider => Of(provider).Errands)
            .AddSingleton<IReviewStore>(provider => Of(provider).Reviews)
            .AddSingleton<ILegalHoldStore>(provider => Of(provider).LegalHolds)
            .AddSingleton<IRolloutStore>(provider => Of(provider).Rollouts)
            .AddSingleton<ILeaseStore>(provider => Of(provider).Leases)
            .AddSingleton<IContractStore>(provider => Of(provider).Contracts)
            .AddSingleton<IReceiptStore>(provider => Of(provider).Receipts)
            .AddSingleton<IPolicyStore>(provider => Of(provider).Policies);
    }

    private static StorePorts Of(IServiceProvider provider) => provider.GetRequiredService<ChosenStore>().Ports;
}
