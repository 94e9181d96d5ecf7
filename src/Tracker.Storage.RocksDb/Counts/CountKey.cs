using Tracker.Core.Ingestion;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Counts;

/// <summary>tenant ‖ 0 ‖ day ‖ keyed hash.</summary>
internal static class CountKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, CountRecord count)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(count.Tenant);
        key.Interaction(count.Key);
        return key.Key;
    }
}
