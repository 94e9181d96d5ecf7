using Tracker.Server.Tests.EndToEnd;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.TwoStores;

/// <summary>Whom and what a file of the mapping online-retail names.</summary>
internal sealed class SoldInvoices
{
    public SoldInvoices(string csv)
    {
        var invoices = CsvRows.Read(csv).Select(row => (Number: row["InvoiceNo"], Customer: row["CustomerID"].Replace(".0", "", StringComparison.Ordinal))).Distinct().ToList();
        Messages = [.. invoices.Select(invoice => $"online-retail-{invoice.Number}")];
        People = [.. invoices.Where(invoice => invoice.Customer.Length > 0).Select(invoice => invoice.Customer).Distinct().Select(Customer)];
    }

    public IReadOnlyList<string> Messages { get; }

    public IReadOnlyList<Wire.Identifier> People { get; }

    private static Wire.Identifier Customer(string number) => new() { Kind = Wire.IdentifierKind.CustomerNumber, Value = number };
}
