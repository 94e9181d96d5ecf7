using Tracker.Core.Retention.Nodes;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

internal static class FenceCheck
{
    /// <summary>To be asked by the writer, while no other can write.</summary>
    /// <exception cref="LeaseLostException">A higher fence has been given since.</exception>
    public static void Check(StoreTables tables, Fence? fence)
    {
        if (fence is { } given && tables.Leases.Find(LeaseKey.Write(stackalloc byte[KeyBuilder.MaxSize], given.Work))?.Fence != given.Number)
        {
            throw new LeaseLostException(given.Work);
        }
    }
}
