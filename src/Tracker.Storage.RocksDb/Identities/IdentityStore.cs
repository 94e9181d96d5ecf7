using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Identities;

internal sealed class IdentityStore(StoreTables tables) : IIdentityStore
{
    public Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ProfileId?>>([.. Find(tenant, identifiers).Select(link => link?.Profile)]);

    public Task<IReadOnlyList<IReadOnlyList<ProfileId>>> FindEverybodyAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<IReadOnlyList<ProfileId>>>([.. Find(tenant, identifiers).Select(link => (IReadOnlyList<ProfileId>)[.. link?.Everybody ?? []])]);

    public Task<IReadOnlyList<Control?>> ReadControlsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
        Task.FromResult(tables.Controls.FindLive(tenant, profiles, tables.Engine.Now));

    public Task<IReadOnlyList<ProfileId>> ListProfilesAsync(TenantId tenant, ProfileId? after, int limit, CancellationToken cancellation)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var now = tables.Engine.Now;
        List<ProfileId> profiles = [];
        using var range = tables.Controls.Range(ProfileKey.WriteTenant(buffer, tenant));
        if (after is { } last)
        {
            range.SeekAfter(ProfileKey.Write(buffer, tenant, last));
        }

        for (; range.IsAtKey && profiles.Count < limit; range.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var control = tables.Controls.Codec.Deserialize(range.Value);
            if (tables.Controls.IsLive(control, now))
            {
                profiles.Add(control.Profile);
            }
        }

        return Task.FromResult<IReadOnlyList<ProfileId>>(profiles);
    }

    private IReadOnlyList<IdentifierLink?> Find(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers) =>
        tables.Identifiers.FindLive(identifiers, (buffer, identifier) => IdentifierKey.Write(buffer, tenant, identifier), tables.Engine.Now);
}
