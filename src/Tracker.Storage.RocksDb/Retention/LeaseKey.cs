using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>The name of the work.</summary>
internal static class LeaseKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, BackgroundWork work)
    {
        var key = new KeyBuilder(buffer);
        key.Text(EnumNames<BackgroundWork>.Of(work));
        return key.Key;
    }
}
