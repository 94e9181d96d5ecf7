using Tracker.Core.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model;

internal static class PurposeMapping
{
    public static IReadOnlyList<Purpose> ToCore(this IReadOnlyList<Wire.Purpose> wire, Place at, string field) =>
        CoreEnum.ListOf<Wire.Purpose, Purpose>(wire, purpose => (int)purpose, at, field);

    public static IReadOnlyList<ContactChannel> ToCore(this IReadOnlyList<Wire.ContactChannel> wire, Place at, string field) =>
        CoreEnum.ListOf<Wire.ContactChannel, ContactChannel>(wire, channel => (int)channel, at, field);

    public static IReadOnlyList<Channel> ToCore(this IReadOnlyList<Wire.Channel> wire, Place at, string field) =>
        CoreEnum.ListOf<Wire.Channel, Channel>(wire, channel => (int)channel, at, field);

    /// <summary>The purpose of a read: every read of personal data names one.</summary>
    public static Purpose Required(this Wire.Purpose wire, Place at, string field)
    {
        if (wire == Wire.Purpose.Unspecified)
        {
            at.Refuse(field, "is required");
        }

        return CoreEnum.Of<Purpose>((int)wire, at, field);
    }
}
