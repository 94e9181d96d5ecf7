using System.Buffers.Binary;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>tenant ‖ 0 ‖ profile ‖ sequence.</summary>
internal static class ConsentKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, ProfileId profile, long sequence)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Profile(profile);
        key.Number(sequence);
        return key.Key;
    }

    /// <returns>The key of the control of its profile.</returns>
    public static ReadOnlySpan<byte> ProfileKeyOf(ReadOnlySpan<byte> key) => key[..^sizeof(long)];

    public static long SequenceOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key[^sizeof(long)..]);
}
