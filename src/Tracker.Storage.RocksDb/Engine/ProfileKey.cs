using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>tenant ‖ 0 ‖ profile: the key of control, contact and keys, and the prefix of records and consents.</summary>
internal static class ProfileKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, ProfileId profile)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Profile(profile);
        return key.Key;
    }

    /// <returns>The prefix of all profiles of a tenant.</returns>
    public static ReadOnlySpan<byte> WriteTenant(Span<byte> buffer, TenantId tenant)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        return key.Key;
    }
}
