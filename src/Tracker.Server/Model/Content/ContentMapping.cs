using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class ContentMapping
{
    public static InteractionContent ToCore(this Wire.Content? wire, Place item) => wire is null ? InteractionContent.Empty : new()
    {
        Commerce = wire.Commerce.ToCore(item.In("content.commerce")),
        Contact = wire.Contact.ToCore(item.In("content.contact")),
        Fiscal = wire.Fiscal.ToCore(),
        Financial = wire.Financial.ToCore(item.In("content.financial")),
        Preferences = wire.Preferences.ToCore(),
        Online = wire.Online.ToCore(item.In("content.online")),
        Store = wire.Store.ToCore(item.In("content.store")),
        Origin = wire.Origin.ToCore(item.In("content.origin")),
        Inferences = wire.Inferences.ToCore(item.In("content"), "inferences"),
    };

    public static Wire.Content ToWire(this InteractionContent content) => new()
    {
        Commerce = content.Commerce.ToWire(),
        Contact = content.Contact.ToWire(),
        Fiscal = content.Fiscal.ToWire(),
        Financial = content.Financial.ToWire(),
        Preferences = content.Preferences.ToWire(),
        Online = content.Online.ToWire(),
        Store = content.Store.ToWire(),
        Origin = content.Origin.ToWire(),
        Inferences = { content.Inferences.ToWire() },
    };
}
