using Tracker.Core.Model.Content;
using GoogleType = Google.Type;

namespace Tracker.Server.Model.Content;

internal static class PostalAddressMapping
{
    public static PostalAddress? ToCore(this GoogleType.PostalAddress? wire) => wire is null ? null : new()
    {
        Region = wire.RegionCode.OrNull(),
        PostalCode = wire.PostalCode.OrNull(),
        AdministrativeArea = wire.AdministrativeArea.OrNull(),
        Locality = wire.Locality.OrNull(),
        Lines = [.. wire.AddressLines],
        Recipients = [.. wire.Recipients],
        Organization = wire.Organization.OrNull(),
    };

    public static GoogleType.PostalAddress? ToWire(this PostalAddress? address) => address is null ? null : new()
    {
        RegionCode = address.Region.OrEmpty(),
        PostalCode = address.PostalCode.OrEmpty(),
        AdministrativeArea = address.AdministrativeArea.OrEmpty(),
        Locality = address.Locality.OrEmpty(),
        AddressLines = { address.Lines },
        Recipients = { address.Recipients },
        Organization = address.Organization.OrEmpty(),
    };
}
