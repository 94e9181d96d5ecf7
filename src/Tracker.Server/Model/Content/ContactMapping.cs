using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class ContactMapping
{
    public static ContactDetails? ToCore(this Wire.ContactDetails? wire, Place at) => wire is null ? null : new()
    {
        GivenName = wire.GivenName.OrNull(),
        FamilyName = wire.FamilyName.OrNull(),
        Email = wire.Email.OrNull(),
        Phone = wire.Phone.OrNull(),
        BirthDate = wire.BirthDate.ToCore(at, "birth_date"),
        PostalAddress = wire.PostalAddress.ToCore(),
        Language = wire.Language.OrNull(),
        DeliveryNote = wire.DeliveryNote.OrNull(),
    };

    public static Wire.ContactDetails? ToWire(this ContactDetails? contact) => contact is null ? null : new()
    {
        GivenName = contact.GivenName.OrEmpty(),
        FamilyName = contact.FamilyName.OrEmpty(),
        Email = contact.Email.OrEmpty(),
        Phone = contact.Phone.OrEmpty(),
        BirthDate = contact.BirthDate.ToWire(),
        PostalAddress = contact.PostalAddress.ToWire(),
        Language = contact.Language.OrEmpty(),
        DeliveryNote = contact.DeliveryNote.OrEmpty(),
    };
}
