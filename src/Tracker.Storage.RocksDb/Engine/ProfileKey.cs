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
}
