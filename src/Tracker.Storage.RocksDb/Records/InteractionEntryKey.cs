using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>The key of an interaction alone; its hash contains the tenant.</summary>
internal static class InteractionEntryKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, InteractionKey interaction)
    {
        interaction.Write(buffer);
        return buffer[..InteractionKey.Size];
    }
}
