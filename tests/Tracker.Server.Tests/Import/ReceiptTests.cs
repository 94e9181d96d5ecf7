using Tracker.Contracts.V1;
using Tracker.Server.Import.Rows;

namespace Tracker.Server.Tests.Import;

public sealed class ReceiptTests : IDisposable
{
    private const string Header =
        "household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp";

    private readonly Workspace _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("0.125", 0.12)]
    [InlineData("0.135", 0.14)]
    [InlineData("-0.125", -0.12)]
    [InlineData("3.4900000001", 3.49)]
    [InlineData("4.440892e-16", 0)]
    public async Task Amounts_are_rounded_half_to_even_to_the_cent(string value, double cents)
    {
        var receipt = await MapAsync(Row(value));

        Assert.Equal((decimal)cents, Assert.Single(receipt.Content.Commerce.Lines).Amount.DecimalValue);
    }

    [Fact]
    public async Task A_total_is_the_sum_of_rounded_lines()
    {
        var receipt = await MapAsync(Row("0.135"), Row("0.125"));

        Assert.Equal(0.26m, receipt.Content.Commerce.Total.DecimalValue);
        Assert.Equal("USD", receipt.Content.Commerce.Total.CurrencyCode);
    }

    [Fact]
    public async Task A_basket_is_a_purchase_at_the_till()
    {
        var receipt = await MapAsync(Row("1.5", quantity: "30080"));

        Assert.Equal(("purchase.completed", Channel.Pos), (receipt.Type, receipt.Channel));
        Assert.Equal(("319", "31198705046"), (receipt.Content.Store.StoreId, receipt.Content.Store.ReceiptNumber));
        Assert.Equal(new Identifier { Kind = IdentifierKind.LoyaltyCard, Value = "1" }, Assert.Single(receipt.Identifiers));
        Assert.Equal(new DateTime(2017, 1, 1, 12, 30, 27, DateTimeKind.Utc), receipt.OccurredAt.ToDateTime());
        Assert.Equal("30080", receipt.Content.Commerce.Lines[0].Quantity.Value);
        Assert.Null(receipt.Content.Fiscal);
    }

    private static string Row(string value, string quantity = "1") =>
        $"1,319,31198705046,1075313,{quantity},{value},0.29,0,0,1,2017-01-01T12:30:27Z";

    private async Task<Interaction> MapAsync(params string[] rows)
    {
        var file = _files.Write("baskets.csv", [Header, .. rows]);
        var groups = await Retail.MapAsync("complete-journey", TestContext.Current.CancellationToken, file);
        return Assert.IsType<MappedGroup.Ready>(Assert.Single(groups)).Interaction;
    }
}
