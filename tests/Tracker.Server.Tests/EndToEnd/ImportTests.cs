using System.Text.Json;
using Tracker.Server.Tests.Import;
using Tracker.Server.Tests.Import.Synthetic;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

public sealed class ImportTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_week_of_orders_is_accepted_once_and_only_once()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var counts = SyntheticWeek.Create().Counts;

        var first = await ImportAsync(server, SampleFile.Csv);
        var second = await ImportAsync(server, SampleFile.Csv);

        Assert.Equal((counts.Read, counts.Skipped, counts.Sent, counts.Sent, 0), (Number(first, "read"), Number(first, "skipped"), Number(first, "sent"), Number(first, "accepted"), Number(first, "failed")));
        Assert.Equal((0, counts.Sent), (Number(second, "accepted"), Number(second, "duplicate")));
    }

    [Fact]
    public async Task A_customer_s_timeline_shows_the_orders_and_totals_of_the_file()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await ImportAsync(server, SampleFile.Csv);

        await AssertTimelinesAsync(server, await SampleFile.ReadCsvAsync(_cancellation), customers: 1_000);
    }

    [Fact]
    public async Task An_invoice_is_explained_by_tax_law_and_ends_ten_years_on()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await ImportAsync(server, SampleFile.Csv);
        var invoice = Invoices(await SampleFile.ReadCsvAsync(_cancellation)).First(invoice => invoice.Customer.Length > 0);

        var explanation = await server.Policies.ExplainRecordAsync(
            new() { MessageId = $"online-retail-{invoice.Number}", Purpose = Wire.Purpose.RightsHandling },
            cancellationToken: _cancellation);

        var fiscal = explanation.Records.Single(record => record.RetentionClass == Wire.RetentionClass.Fiscal);
        var rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
        var booked = TimeZoneInfo.ConvertTime(explanation.OccurredAt.ToDateTimeOffset(), rome).Date;
        var midnight = booked.AddYears(10).AddDays(1);
        Assert.Equal((Wire.Purpose.AccountingTax, Wire.LegalBasis.LegalObligation), (fiscal.Grants[0].Purpose, fiscal.Grants[0].LegalBasis));
        Assert.Equal(new DateTimeOffset(midnight, rome.GetUtcOffset(midnight)), fiscal.ExpireAt.ToDateTimeOffset());
        Assert.Contains("2220", fiscal.LegalReferences[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_files_are_refused_where_their_time_is_not_shifted()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        using var workspace = new Workspace();
        var old = workspace.Write("2011.csv", Retail.Header, Retail.Row("536365"), Retail.Row("C536366"), Retail.Row("536367", customer: ""));

        var summary = await ImportAsync(server, old, "--shift", "none");

        Assert.Equal((3, 0, 3), (Number(summary, "sent"), Number(summary, "accepted"), Number(summary, "denied")));
        Assert.Equal(3, summary.GetProperty("reasons").GetProperty("denied").GetProperty("RETENTION_ALREADY_ELAPSED").GetInt32());
    }

    [Fact]
    public async Task A_compressed_file_that_breaks_off_is_sent_in_no_part()
    {
        using var workspace = new Workspace();
        var whole = await File.ReadAllBytesAsync(SampleFile.Csv, _cancellation);
        var cut = workspace.Write("cut.csv.gz");
        await File.WriteAllBytesAsync(cut, whole[..(whole.Length / 2)], _cancellation);

        await using var import = TrackerProcess.Start(workspace.State, "import", cut, "--mapping", "online-retail", "--json");

        Assert.Equal(1, await import.WaitAsync(_cancellation));
        Assert.Contains("cut.csv.gz", import.Error, StringComparison.Ordinal);
        var summary = JsonDocument.Parse(import.Output).RootElement;
        Assert.Equal(0, Number(summary, "sent"));
        Assert.Contains("cut.csv.gz", summary.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Four_months_of_a_real_shop_arrive_whole()
    {
        var data = RealData("online-retail");
        await using var server = await TestServer.StartAsync(_cancellation);
        var files = Directory.GetFiles(data, "*.csv.gz").Order(StringComparer.Ordinal).ToArray();

        var summary = await ImportAsync(server, files);

        var csv = await SampleFile.ReadAsync(files, _cancellation);
        Assert.Equal((142_083, 555, 6_322, 6_322), (Number(summary, "read"), Number(summary, "skipped"), Number(summary, "sent"), Number(summary, "accepted")));
        await AssertTimelinesAsync(server, csv, customers: 150);
    }

    [Fact]
    public async Task Half_a_year_of_real_receipts_arrives_whole()
    {
        var data = RealData("complete-journey");
        await using var server = await TestServer.StartAsync(_cancellation);

        var summary = await ImportAsync(server, "complete-journey", [Path.Combine(data, "transactions-2017-h1.csv.gz")]);

        Assert.Equal((37_158, 0, 23_414, 23_414), (Number(summary, "read"), Number(summary, "skipped"), Number(summary, "sent"), Number(summary, "accepted")));
    }

    private static string RealData(string name)
    {
        var data = Repository.FindData(name);
        Assert.SkipWhen(data is null, $"The real data set {name} is not beside this repository (shared/data/{name}); the synthetic week shows the same.");
        return data!;
    }

    private Task<JsonElement> ImportAsync(TestServer server, params string[] arguments) => ImportAsync(server, "online-retail", arguments);

    private async Task<JsonElement> ImportAsync(TestServer server, string mapping, string[] arguments)
    {
        await using var import = server.Import([.. arguments, "--mapping", mapping]);
        Assert.Equal(0, await import.WaitAsync(_cancellation));
        return JsonDocument.Parse(import.Output).RootElement;
    }

    private static int Number(JsonElement summary, string name) => summary.GetProperty(name).GetInt32();

    private async Task AssertTimelinesAsync(TestServer server, string csv, int customers)
    {
        var byCustomer = Invoices(csv).Where(invoice => invoice.Customer.Length > 0).GroupBy(invoice => invoice.Customer).Take(customers).ToList();
        Assert.NotEmpty(byCustomer);
        foreach (var customer in byCustomer)
        {
            var expected = customer.Select(invoice => (invoice.Number, invoice.Total)).Order();
            Assert.Equal(expected, (await TimelineAsync(server, customer.Key)).Order());
        }
    }

    private async Task<List<(string Number, decimal Total)>> TimelineAsync(TestServer server, string customer)
    {
        var request = new Wire.ListInteractionsRequest
        {
            Profile = new() { Identifier = new() { Kind = Wire.IdentifierKind.CustomerNumber, Value = customer } },
            Purpose = Wire.Purpose.OrderFulfilment,
            PageSize = 7,
        };
        List<(string, decimal)> found = [];
        do
        {
            var page = await server.Profiles.ListInteractionsAsync(request, cancellationToken: _cancellation);
            found.AddRange(page.Interactions.Select(interaction => (interaction.Content.Commerce.OrderId, interaction.Content.Commerce.Total.DecimalValue)));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return found;
    }

    /// <summary>The invoices of a file, counted here without anything of the product.</summary>
    private static IEnumerable<(string Number, string Customer, decimal Total)> Invoices(string csv) => CsvRows.Read(csv)
        .GroupBy(row => row["InvoiceNo"])
        .Where(invoice => invoice.Any(row => decimal.Parse(row["UnitPrice"], System.Globalization.CultureInfo.InvariantCulture) != 0))
        .Select(invoice => (
            invoice.Key,
            invoice.First()["CustomerID"].Replace(".0", "", StringComparison.Ordinal),
            invoice.Sum(row => decimal.Parse(row["Quantity"], System.Globalization.CultureInfo.InvariantCulture)
                * decimal.Parse(row["UnitPrice"], System.Globalization.CultureInfo.InvariantCulture))));
}
