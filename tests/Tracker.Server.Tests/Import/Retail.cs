using Tracker.Server.Import.Mappings;
using Tracker.Server.Import.Rows;

namespace Tracker.Server.Tests.Import;

/// <summary>Rows in the columns of online-retail, and what becomes of them without a service.</summary>
internal static class Retail
{
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    public static string Row(
        string invoice,
        string stock = "85123A",
        string description = "WHITE LANTERN",
        string quantity = "6",
        string date = "2011-01-04 10:00:00",
        string price = "2.55",
        string customer = "17850.0") =>
        $"{invoice},{stock},{description},{quantity},{date},{price},{customer},United Kingdom";

    public static async Task<List<MappedGroup>> MapAsync(string mappingName, CancellationToken cancellation, params string[] files)
    {
        var mapping = await MappingSource.GetAsync(mappingName, cancellation);
        var rows = new RowReader(SourceFile.Check(files), mapping);
        var scan = await new ImportScanner(rows, mapping).ScanAsync(_ => { }, cancellation);
        var mapper = new GroupMapper(mapping, TimeSpan.Zero);
        var groups = new List<MappedGroup>();

        await foreach (var group in new GroupReader(rows, mapping, scan).ReadAsync(() => { }, cancellation))
        {
            groups.Add(mapper.Map(group));
        }

        return groups;
    }

    public static MappedGroup.Ready Ready(this IEnumerable<MappedGroup> groups, string invoice) =>
        groups.OfType<MappedGroup.Ready>().Single(group => group.Interaction.Content.Commerce.OrderId == invoice);
}
