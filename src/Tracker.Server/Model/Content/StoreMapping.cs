using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class StoreMapping
{
    public static StoreContext? ToCore(this Wire.StoreContext? wire, Place at) => wire is null ? null : new()
    {
        StoreId = wire.StoreId.OrNull(),
        WorkstationId = wire.WorkstationId.OrNull(),
        ReceiptNumber = wire.ReceiptNumber.OrNull(),
        BusinessDate = wire.BusinessDate.ToCore(at, "business_date"),
    };

    public static Wire.StoreContext? ToWire(this StoreContext? store) => store is null ? null : new()
    {
        StoreId = store.StoreId.OrEmpty(),
        WorkstationId = store.WorkstationId.OrEmpty(),
        ReceiptNumber = store.ReceiptNumber.OrEmpty(),
        BusinessDate = store.BusinessDate.ToWire(),
    };
}
