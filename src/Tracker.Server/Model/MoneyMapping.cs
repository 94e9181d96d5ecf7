using Tracker.Core.Model;
using GoogleType = Google.Type;

namespace Tracker.Server.Model;

internal static class MoneyMapping
{
    private const int NanosPerUnit = 1_000_000_000;
    private const byte NanosScale = 9;

    public static Money? ToCore(this GoogleType.Money? wire, Place at, string field)
    {
        if (wire is null)
        {
            return null;
        }

        if (wire.Nanos is <= -NanosPerUnit or >= NanosPerUnit)
        {
            at.In(field).Refuse("nanos", "must be from -999,999,999 to 999,999,999");
            return null;
        }

        if (wire.Units != 0 && wire.Nanos != 0 && wire.Units > 0 != wire.Nanos > 0)
        {
            at.Refuse(field, "must have units and nanos of the same sign");
            return null;
        }

        return new Money(wire.CurrencyCode, wire.Units + Fraction(wire.Nanos));
    }

    public static GoogleType.Money? ToWire(this Money? money) => money is not { } set ? null : new()
    {
        CurrencyCode = set.Currency,
        Units = (long)decimal.Truncate(set.Amount),
        Nanos = (int)((set.Amount - decimal.Truncate(set.Amount)) * NanosPerUnit),
    };

    // Without trailing zeros: what is stored is "12.5", not "12.500000000".
    private static decimal Fraction(int nanos)
    {
        var scale = NanosScale;
        while (scale > 0 && nanos % 10 == 0)
        {
            nanos /= 10;
            scale--;
        }

        return new decimal(Math.Abs(nanos), 0, 0, nanos < 0, scale);
    }
}
