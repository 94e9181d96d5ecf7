using Tracker.Core.Catalog;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Catalog;

/// <summary>A till names what it has scanned, not what the shop calls it.</summary>
public sealed class TradeItemTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData("4006381333931")]
    [InlineData("04006381333931")]
    [Trait("Compliance", "E35")]
    [Trait("Compliance", "R-046")]
    public async Task A_line_that_names_the_trade_item_alone_reveals_what_its_product_does(string scanned)
    {
        await SetAsync("tea", SpecialCategory.Health, "4006381333931");
        await ScanAsync("before", scanned);
        await SetAsync("tea", SpecialCategory.None, "4006381333931");
        await ScanAsync("between", scanned);
        var between = await SeenAsync();

        await SetAsync("tea", SpecialCategory.Health, "4006381333931");

        Assert.Equal(["between"], between);
        Assert.Empty(await SeenAsync());
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task What_a_product_says_of_its_trade_item_is_taken_back_by_it_alone()
    {
        await SetAsync("tea", SpecialCategory.Health, "4006381333931");
        await SetAsync("mug", SpecialCategory.None, "4006381333931");
        await ScanAsync("as the tea", "4006381333931");
        await SetAsync("tea", SpecialCategory.Health, "4006381333948");
        await ScanAsync("as the mug", "4006381333931");
        await ScanAsync("as the new tea", "4006381333948");

        Assert.Equal(["as the mug"], await SeenAsync());
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task Of_two_products_that_reveal_something_each_speaks_for_itself()
    {
        await SetAsync("tea", SpecialCategory.Health, "4006381333931");
        await SetAsync("pills", SpecialCategory.Health, "4006381333931");
        await SetAsync("pills", SpecialCategory.None, "4006381333931");
        await ScanAsync("as the tea", "4006381333931");
        await SetAsync("tea", SpecialCategory.None, "4006381333931");
        await ScanAsync("as neither", "4006381333931");

        Assert.Equal(["as neither"], await SeenAsync());
    }

    private Task<InteractionOutcome> ScanAsync(string id, string gtin) => _tracker.RecordAsync(An.Receipt(id, An.Ada, _tracker.Time.GetUtcNow()) with
    {
        Purposes = [Purpose.Profiling],
        Content = new() { Commerce = new() { Lines = [new() { ProductId = id, Quantity = 1 }, new() { Gtin = gtin, Quantity = 1 }] } },
    });

    /// <summary>The receipts of which the profile shows what was scanned.</summary>
    private async Task<IEnumerable<string?>> SeenAsync() => (await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items
        .Select(item => item.Content.Commerce!.Lines!)
        .Where(lines => lines.Any(line => line.Gtin is not null))
        .Select(lines => lines[0].ProductId);

    private Task<IReadOnlyList<UpsertOutcome>> SetAsync(string product, SpecialCategory category, string gtin) =>
        _tracker.Products.UpsertAsync(_tracker.Caller, [An.ProductEntry(product) with { SpecialCategory = category, Product = new() { Gtin = gtin } }], CancellationToken.None);
}
