using System.Globalization;

namespace Tracker.Server.Tests.Import.Synthetic;

internal sealed record SyntheticLine(
    string InvoiceNo,
    string StockCode,
    string Description,
    int Quantity,
    DateTime InvoiceDate,
    int Pence,
    string CustomerId,
    string Country)
{
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    public string ToCsv()
    {
        var description = Description.Contains(',', StringComparison.Ordinal) ? $"\"{Description}\"" : Description;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{InvoiceNo},{StockCode},{description},{Quantity},{InvoiceDate:yyyy-MM-dd HH:mm:ss},{Pence / 100}.{Pence % 100:00},{CustomerId},{Country}");
    }
}
