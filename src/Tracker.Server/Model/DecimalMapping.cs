using System.Globalization;
using GoogleType = Google.Type;

namespace Tracker.Server.Model;

internal static class DecimalMapping
{
    private const decimal Limit = 1_000_000_000m;
    private const int Decimals = 3;

    // With more digits decimal rounds silently, and a fourth decimal could pass for none.
    private const int MaxLength = 28;

    /// <summary>Absent and empty are 0, as google.type.Decimal says.</summary>
    public static decimal ToCore(this GoogleType.Decimal? wire, Place at, string field)
    {
        if (wire is null || wire.Value.Length == 0)
        {
            return 0;
        }

        if (wire.Value.Length <= MaxLength
            && decimal.TryParse(wire.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && Math.Abs(value) < Limit
            && decimal.Round(value, Decimals) == value)
        {
            return value;
        }

        at.Refuse(field, "must be a decimal number such as 1.5, with at most 9 digits before the point and 3 after it");
        return 0;
    }

    public static GoogleType.Decimal? ToWire(this decimal value) =>
        value == 0 ? null : new() { Value = value.ToString(CultureInfo.InvariantCulture) };
}
