using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class PreferencesMapping
{
    public static Preferences? ToCore(this Wire.Preferences? wire) => wire is null ? null : new()
    {
        Sizes = wire.Sizes.Count == 0 ? null : [.. wire.Sizes.Select(size => new GarmentSize(size.Garment, size.Size))],
        Styles = wire.Styles.OrNull(),
        Interests = wire.Interests.OrNull(),
        Sex = wire.Sex.OrNull(),
        Education = wire.Education.OrNull(),
    };

    public static Wire.Preferences? ToWire(this Preferences? preferences) => preferences is null ? null : new()
    {
        Sizes = { preferences.Sizes.OrEmpty().Select(size => new Wire.GarmentSize { Garment = size.Garment, Size = size.Size }) },
        Styles = { preferences.Styles.OrEmpty() },
        Interests = { preferences.Interests.OrEmpty() },
        Sex = preferences.Sex.OrEmpty(),
        Education = preferences.Education.OrEmpty(),
    };
}
