using System.Globalization;

namespace Tracker.Server.Tests.Import.Synthetic;

/// <summary>One week of a web shop that does not exist, in the columns of the UCI Online Retail data set.</summary>
internal sealed class SyntheticWeek
{
    private const ulong Seed = 20_240_603;
    private const int InvoicesPerDay = 50;

    private static readonly DateTime Monday = new(2024, 6, 3, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly string[] Countries = ["United Kingdom", "United Kingdom", "United Kingdom", "United Kingdom", "France", "Italy", "EIRE"];

    private readonly SplitMix64 _random = new(Seed);
    private readonly IReadOnlyList<SyntheticProduct> _shelf;
    private readonly List<List<SyntheticLine>> _invoices = [];
    private int _number = 700_000;

    private SyntheticWeek() => _shelf = SyntheticProduct.Shelf(_random);

    public SyntheticCounts Counts { get; } = new();

    public string Csv { get; private set; } = "";

    public static SyntheticWeek Create()
    {
        var week = new SyntheticWeek();
        for (var day = 0; day < 7; day++)
        {
            week.AddDay(Monday.AddDays(day));
        }

        week.SplitOneInTime();
        var lines = week.Scatter();
        week.Counts.Read = lines.Count;
        week.Csv = string.Join('\n', lines.Select(line => line.ToCsv()).Prepend(SyntheticLine.Header)) + "\n";
        return week;
    }

    private void AddDay(DateTime day)
    {
        var times = Enumerable.Range(0, InvoicesPerDay).Select(_ => day.AddMinutes(_random.Between(8 * 60, 19 * 60))).Order();
        foreach (var time in times)
        {
            _invoices.Add(AddInvoice(time));
        }
    }

    private List<SyntheticLine> AddInvoice(DateTime time)
    {
        var number = (++_number).ToString(CultureInfo.InvariantCulture);
        switch (_random.Below(100))
        {
            case < 8:
                Counts.Skipped++;
                return WriteOff(number, time);
            case < 18 when _invoices.Find(lines => lines[0].CustomerId.Length > 0 && lines[0].Quantity > 0) is { } placed:
                Counts.Cancelled++;
                return Cancel($"C{number}", placed, time);
            case < 30:
                Counts.Anonymous++;
                return Sell(number, time, customer: "");
            default:
                Counts.Placed++;
                return Sell(number, time, $"{_random.Between(20_001, 20_140)}.0");
        }
    }

    private List<SyntheticLine> WriteOff(string number, DateTime time)
    {
        var product = _random.Pick(_shelf);
        return [new SyntheticLine(number, product.StockCode, "", -_random.Between(1, 90), time, Pence: 0, "", "United Kingdom")];
    }

    private List<SyntheticLine> Cancel(string number, List<SyntheticLine> placed, DateTime time)
    {
        var returned = placed.Take(_random.Between(1, 3));
        return [.. returned.Select(line => Count(line with { InvoiceNo = number, Quantity = -line.Quantity, InvoiceDate = time }))];
    }

    private List<SyntheticLine> Sell(string number, DateTime time, string customer)
    {
        var country = _random.Pick(Countries);
        var lines = new List<SyntheticLine>();
        for (var left = _random.Between(1, 22); left > 0; left--)
        {
            var product = _random.Pick(_shelf);
            var isGift = lines.Count > 0 && _random.Chance(2);
            lines.Add(Count(new SyntheticLine(
                number, product.StockCode, isGift ? "" : product.Description, _random.Between(1, 24), time, isGift ? 0 : product.Pence, customer, country)));
            if (_random.Chance(3))
            {
                lines.Add(Count(lines[^1]));
            }
        }

        return lines;
    }

    private SyntheticLine Count(SyntheticLine line)
    {
        Counts.TotalPence += line.Quantity * line.Pence;
        return line;
    }

    private void SplitOneInTime()
    {
        var lines = _invoices.First(lines => lines.Count > 5);
        for (var index = 3; index < lines.Count; index++)
        {
            lines[index] = lines[index] with { InvoiceDate = lines[index].InvoiceDate.AddMinutes(1) };
        }
    }

    // The last line of one invoice stands a day's invoices further down.
    private List<SyntheticLine> Scatter()
    {
        var split = _invoices.FindIndex(InvoicesPerDay, lines => lines.Count > 5);
        var straggler = _invoices[split][^1];
        _invoices[split].RemoveAt(_invoices[split].Count - 1);
        _invoices.Insert(split + InvoicesPerDay, [straggler]);

        return [.. _invoices.SelectMany(lines => lines)];
    }
}
