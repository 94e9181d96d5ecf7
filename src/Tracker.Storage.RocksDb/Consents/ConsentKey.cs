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

    public static long SequenceOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key[^sizeof(long)..]);
}
