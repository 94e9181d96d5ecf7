using System.Globalization;
using Tracker.Contracts.V1;
using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import.Rows;

internal sealed class LineMapper(ImportMapping mapping)
{
    // Keeps the sum of 2,000 lines inside the 64 bits of google.type.Money.
    private const decimal LargestAmount = 1_000_000_000_000_000m;

    private readonly LineFields _fields = mapping.Lines;

    /// <returns>The line; its numbers mean nothing once a bad cell was added.</returns>
    public CommerceLine Map(ImportRow row, ICollection<BadCell> bad)
    {
        var line = new CommerceLine
        {
            ProductId = Text(row, _fields.ProductId),
            Name = Text(row, _fields.Name),
            Amount = MoneyMapper.ToMoney(mapping.Currency, ReadAmount(row, bad)),
        };

        if (_fields.Quantity is { } quantity)
        {
            line.Quantity = ToDecimal(ReadNumber(row, quantity, bad));
        }

        if (_fields.UnitPrice is { } price)
        {
            line.UnitPrice = MoneyMapper.ToMoney(mapping.Currency, ReadNumber(row, price, bad));
        }

        return line;
    }

    private static string Text(ImportRow row, Column? column) => column is { } known ? row[known] ?? "" : "";

    // Writes 6.00 as 6: the contract counts decimals.
    private static Google.Type.Decimal ToDecimal(decimal number) =>
        new() { Value = number.ToString("0.############################", CultureInfo.InvariantCulture) };

    private decimal ReadAmount(ImportRow row, ICollection<BadCell> bad)
    {
        var amount = _fields.Amount.Aggregate(1m, (product, column) => product * ReadNumber(row, column, bad));
        if (Math.Abs(amount) < LargestAmount)
        {
            return mapping.Rounding.Apply(amount);
        }

        bad.Add(new BadCell(row.File, row.Line, _fields.Amount[^1].Name, "makes an amount too large to be kept"));
        return 0;
    }

    private decimal ReadNumber(ImportRow row, Column column, ICollection<BadCell> bad)
    {
        if (mapping.Csv.Numbers.TryRead(row[column], out var number))
        {
            return number;
        }

        var cell = new BadCell(row.File, row.Line, column.Name, "is not a number below a thousand million");
        if (!bad.Contains(cell))
        {
            bad.Add(cell);
        }

        return 0;
    }
}
