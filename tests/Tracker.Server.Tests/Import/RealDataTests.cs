using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using Tracker.Server.Import.Mappings;
using Tracker.Server.Import.Rows;

namespace Tracker.Server.Tests.Import;

/// <summary>The public data sets, where they lie beside the repository; the expected numbers are counted apart from the import.</summary>
public sealed class RealDataTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Online_retail_gives_one_interaction_per_invoice_that_sells_something()
    {
        var files = Files("online-retail", "*.csv.gz");
        var invoices = Read(files, csv => (Key: csv["InvoiceNo"], Amount: Number(csv["Quantity"]) * Number(csv["UnitPrice"]), Price: Number(csv["UnitPrice"])))
            .GroupBy(row => row.Key)
            .Where(invoice => invoice.Any(row => row.Price != 0))
            .ToDictionary(invoice => invoice.Key, invoice => invoice.Sum(row => row.Amount));

        var groups = await Retail.MapAsync("online-retail", _cancellation, files);

        var totals = groups.OfType<MappedGroup.Ready>().ToDictionary(
            group => group.Interaction.Content.Commerce.OrderId,
            group => group.Interaction.Content.Commerce.Total.DecimalValue);
        Assert.Equal((555, 6_322, 0), (groups.OfType<MappedGroup.Skipped>().Count(), totals.Count, groups.OfType<MappedGroup.Bad>().Count()));
        Assert.Equal(invoices, totals);
    }

    [Fact]
    public async Task Complete_journey_gives_one_interaction_per_basket()
    {
        var files = Files("complete-journey", "transactions-2017-h1.csv.gz");
        var baskets = Read(files, csv => (Key: csv["basket_id"], Cents: decimal.Round(Number(csv["sales_value"]) * 100, MidpointRounding.ToEven)))
            .GroupBy(row => row.Key)
            .ToDictionary(basket => basket.Key, basket => basket.Sum(row => row.Cents) / 100);

        var groups = await Retail.MapAsync("complete-journey", _cancellation, files);

        var totals = groups.Cast<MappedGroup.Ready>().ToDictionary(
            group => group.Interaction.Content.Store.ReceiptNumber,
            group => group.Interaction.Content.Commerce.Total.DecimalValue);
        Assert.Equal(23_414, totals.Count);
        Assert.Equal(baskets, totals);
    }

    [Theory]
    [InlineData("online-retail", "*.csv.gz", 142_083, 6_877, "2011-03-31T18:55:00Z")]
    [InlineData("complete-journey", "transactions-2017-h1.csv.gz", 37_158, 23_414, "2017-06-30T23:53:59Z")]
    public async Task The_first_pass_counts_rows_and_groups_and_finds_the_newest(string name, string pattern, long rows, int groups, string newest)
    {
        var mapping = await MappingSource.GetAsync(name, _cancellation);
        var reader = new RowReader(SourceFile.Check(Files(name, pattern)), mapping);

        var scan = await new ImportScanner(reader, mapping).ScanAsync(_ => { }, _cancellation);

        Assert.Equal((rows, groups), (scan.Rows, scan.LastRows.Count));
        Assert.Equal(DateTimeOffset.Parse(newest, CultureInfo.InvariantCulture), scan.Newest);
    }

    [Fact]
    public async Task Four_months_of_invoices_travel_over_a_real_connection()
    {
        using var files = new Workspace();
        await using var server = await FakeServer.StartAsync(_cancellation);

        var trial = await ImportTrial.RunAsync(
            files,
            _cancellation,
            [.. Files("online-retail", "*.csv.gz"), "--mapping", "online-retail", "--server", server.Address, "--json"]);

        Assert.Equal(
            (142_083, 555, 6_322, 6_322),
            (trial.Count("read"), trial.Count("skipped"), trial.Count("sent"), trial.Count("accepted")));
        Assert.Equal(6_322, server.Stored.Count);
    }

    private static string[] Files(string name, string pattern)
    {
        var folder = Repository.FindData(name);
        Assert.SkipWhen(folder is null, $"The data set {name} is not beside the repository, in shared/data/{name}.");
        return [.. Directory.GetFiles(folder!, pattern).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<T> Read<T>(IEnumerable<string> files, Func<IDictionary<string, string>, T> select)
    {
        foreach (var file in files)
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
            csv.Read();
            csv.ReadHeader();
            while (csv.Read())
            {
                yield return select(csv.HeaderRecord!.Zip(csv.Parser.Record!).ToDictionary(pair => pair.First, pair => pair.Second));
            }
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
