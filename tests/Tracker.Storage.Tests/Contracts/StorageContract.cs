using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>What every contract needs: a store, and short words for what all of them do.</summary>
public abstract class StorageContract<TStorage> : IAsyncLifetime
    where TStorage : IStorageUnderTest, new()
{
    protected TStorage Storage { get; } = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Storage.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<IReadOnlyList<CommitAnswer>> CommitAsync(ProfileChange change, params InteractionWrite[] interactions) =>
        await Storage.Records.CommitAsync(MicroBatches.Of(change, interactions), Cancellation);

    protected async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch) => await Storage.Records.CommitAsync(batch, Cancellation);

    protected async Task<bool> ExistsAsync(int interaction, TenantId? tenant = null) =>
        Assert.Single(await Storage.Records.ExistAsync(tenant ?? A.Tenant, [A.Key(interaction)], Cancellation));

    protected async Task<IReadOnlyList<InteractionRecord>> FindAsync(int interaction, TenantId? tenant = null) =>
        await Storage.Profiles.FindAsync(tenant ?? A.Tenant, A.Key(interaction), Cancellation);

    protected async Task<ProfileId?> FindProfileAsync(IdentifierHash identifier, TenantId? tenant = null) =>
        Assert.Single(await Storage.Identities.FindAsync(tenant ?? A.Tenant, [identifier], Cancellation));

    protected async Task<Control?> FindControlAsync(ProfileId profile, TenantId? tenant = null) =>
        Assert.Single(await Storage.Identities.ReadControlsAsync(tenant ?? A.Tenant, [profile], Cancellation));

    protected async Task<ProfileKeys?> FindKeysAsync(ProfileId profile, TenantId? tenant = null) =>
        Assert.Single(await Storage.Keys.ReadAsync(tenant ?? A.Tenant, [profile], Cancellation));

    protected async Task<ContactDocument?> FindContactAsync(ProfileId profile, TenantId? tenant = null) =>
        Assert.Single(await Storage.Records.ReadContactsAsync(tenant ?? A.Tenant, [profile], Cancellation));

    protected async Task<SweepResult> SweepAsync(int limit = 1_000) => await Storage.Expiry.SweepAsync(limit, Cancellation);

    protected void GoTo(DateTimeOffset time) => Storage.Time.SetUtcNow(time);
}
