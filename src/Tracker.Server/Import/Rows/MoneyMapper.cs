using Google.Type;

namespace Tracker.Server.Import.Rows;

internal static class MoneyMapper
{
    private const decimal NanosPerUnit = 1_000_000_000m;

    public static Money ToMoney(string currency, decimal amount)
    {
        var kept = decimal.Round(amount, 9, MidpointRounding.ToEven);
        var units = decimal.Truncate(kept);
        return new Money
        {
            CurrencyCode = currency,
            Units = (long)units,
            Nanos = (int)((kept - units) * NanosPerUnit),
        };
    }
}
