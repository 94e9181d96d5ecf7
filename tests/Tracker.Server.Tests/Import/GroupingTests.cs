using Tracker.Contracts.V1;
using Tracker.Server.Import.Rows;

namespace Tracker.Server.Tests.Import;

public sealed class GroupingTests : IDisposable
{
    private readonly Workspace _files = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Rows_of_one_invoice_may_be_apart_and_in_several_files()
    {
        var first = _files.Write("a.csv", Retail.Header, Retail.Row("1", "A"), Retail.Row("2"), Retail.Row("1", "B"), Retail.Row("3"));
        var second = _files.WriteGzip("b.csv.gz", Retail.Header, Retail.Row("4"), Retail.Row("1", "C"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, first, second);

        Assert.Equal(4, groups.Count);
        Assert.Equal(["A", "B", "C"], groups.Ready("1").Interaction.Content.Commerce.Lines.Select(line => line.ProductId));
    }

    [Fact]
    public async Task Exact_duplicate_lines_are_both_kept()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1"), Retail.Row("1"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal(2, groups.Ready("1").Interaction.Content.Commerce.Lines.Count);
        Assert.Equal(30.60m, groups.Ready("1").Interaction.Content.Commerce.Total.DecimalValue);
    }

    [Fact]
    public async Task The_first_time_of_an_invoice_wins()
    {
        var file = _files.Write(
            "a.csv",
            Retail.Header,
            Retail.Row("1", date: "2011-01-04 10:01:00"),
            Retail.Row("1", date: "2011-01-04 10:02:00"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal(new DateTime(2011, 1, 4, 10, 1, 0, DateTimeKind.Utc), groups.Ready("1").Interaction.OccurredAt.ToDateTime());
    }

    [Fact]
    public async Task Summer_time_of_the_shop_is_taken_off()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1", date: "2011-03-28 10:00:00"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal(9, groups.Ready("1").Interaction.OccurredAt.ToDateTime().Hour);
    }

    [Fact]
    public async Task An_invoice_is_skipped_only_if_every_price_is_zero()
    {
        var file = _files.Write(
            "a.csv",
            Retail.Header,
            Retail.Row("1", price: "0.0"),
            Retail.Row("2", price: "0"),
            Retail.Row("2", price: "1.25"),
            Retail.Row("1", price: "0.00"));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal("stock write-off", Assert.Single(groups.OfType<MappedGroup.Skipped>()).Reason);
        Assert.Equal(2, groups.Ready("2").Interaction.Content.Commerce.Lines.Count);
    }

    [Fact]
    public async Task The_type_follows_the_invoice_and_the_customer()
    {
        var file = _files.Write(
            "a.csv",
            Retail.Header,
            Retail.Row("1"),
            Retail.Row("2", customer: ""),
            Retail.Row("C3"),
            Retail.Row("C4", customer: ""));

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal(
            ["order.placed", "purchase.completed", "order.cancelled", "order.cancelled"],
            groups.Cast<MappedGroup.Ready>().Select(group => group.Interaction.Type));
        Assert.Empty(groups.Ready("2").Interaction.Identifiers);
        Assert.Equal(new Identifier { Kind = IdentifierKind.CustomerNumber, Value = "17850" }, Assert.Single(groups.Ready("1").Interaction.Identifiers));
    }

    [Fact]
    public async Task An_order_says_what_the_invoice_says_and_nothing_more()
    {
        var file = _files.Write("a.csv", Retail.Header, Retail.Row("1", description: "", quantity: "-3"));

        var order = (await Retail.MapAsync("online-retail", _cancellation, file)).Ready("1").Interaction;

        Assert.Equal("online-retail-1", order.MessageId);
        Assert.Equal("1", order.Content.Fiscal.DocumentNumber);
        Assert.Null(order.Content.Store);
        Assert.Null(order.SentAt);
        Assert.DoesNotContain("Kingdom", order.ToString(), StringComparison.Ordinal);
        var line = Assert.Single(order.Content.Commerce.Lines);
        Assert.Equal(("", "-3", -7.65m, "GBP"), (line.Name, line.Quantity.Value, line.Amount.DecimalValue, line.Amount.CurrencyCode));
    }

    [Fact]
    public async Task A_group_with_more_rows_than_a_document_may_have_is_bad()
    {
        var rows = Enumerable.Repeat(Retail.Row("1"), GroupReader.MostRows + 1).Prepend(Retail.Header);
        var file = _files.Write("a.csv", [.. rows]);

        var groups = await Retail.MapAsync("online-retail", _cancellation, file);

        Assert.Equal("InvoiceNo", Assert.Single(Assert.IsType<MappedGroup.Bad>(Assert.Single(groups)).Cells).Field);
    }
}
