using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Catalog;

public sealed class CatalogRulesTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync(isLoopRunning: false);

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\u0001")]
    [InlineData("lost\ufffd")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public async Task An_id_that_no_interaction_would_meet_is_refused(string id)
    {
        Assert.Equal(["product_id"], await FieldsAsync(An.ProductEntry(id)));
        Assert.Equal(["store_id"], await FieldsAsync(An.StoreEntry(id)));
        Assert.Equal(["campaign_id"], await FieldsAsync(An.CampaignEntry(id)));
    }

    [Theory]
    [InlineData("4711/A b")]
    [InlineData("Größe-42")]
    [InlineData("鞋")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task An_id_may_be_any_that_an_interaction_may_name(string id) => Assert.Empty(await FieldsAsync(An.ProductEntry(id)));

    [Theory]
    [InlineData("apparel//shoes")]
    [InlineData("/apparel")]
    [InlineData("apparel/ ")]
    [InlineData("1/2/3/4/5/6/7/8/9/10/11")]
    public async Task A_path_of_categories_has_a_name_on_each_of_its_few_levels(string category) =>
        Assert.Equal(["category"], await FieldsAsync(An.ProductEntry() with { Category = category }));

    [Fact]
    public async Task A_product_is_told_of_every_bad_field() => Assert.Equal(
        ["brand", "gtin", "name", "product_id"],
        await FieldsAsync(An.ProductEntry("") with { Name = new string('x', 257), Product = new() { Gtin = "4006381-33393", Brand = new string('x', 129) } }));

    [Fact]
    public async Task A_store_is_told_of_every_bad_field() => Assert.Equal(
        ["closed_at", "country_code", "region"],
        await FieldsAsync(An.StoreEntry() with
        {
            Store = new() { Region = "\n", Country = "it", OpenedAt = TestTracker.Noon, ClosedAt = TestTracker.Noon },
        }));

    [Fact]
    public async Task A_campaign_is_told_of_every_bad_field() => Assert.Equal(
        ["contact_channels", "cost", "cost.currency_code", "ends_at"],
        await FieldsAsync(An.CampaignEntry() with
        {
            Campaign = new()
            {
                StartsAt = TestTracker.Noon,
                EndsAt = TestTracker.Noon.AddDays(-1),
                Cost = new Money("EURO", -1),
                ContactChannels = [ContactChannel.Email, ContactChannel.Email],
            },
        }));

    [Fact]
    public async Task A_campaign_names_no_unspecified_medium() => Assert.Equal(
        ["contact_channels"],
        await FieldsAsync(An.CampaignEntry() with { Campaign = new() { ContactChannels = [ContactChannel.Unspecified] } }));

    [Fact]
    public async Task Attributes_are_few_and_short_and_each_key_is_there_once()
    {
        Assert.Equal(["attributes"], await FieldsAsync(WithAttributes([.. Enumerable.Range(0, 21).Select(i => Attribute($"k{i}"))])));
        Assert.Equal(["attributes"], await FieldsAsync(WithAttributes([.. Enumerable.Range(0, 9).Select(i => Attribute($"k{i}", new string('x', 500)))])));
        Assert.Equal(["attributes"], await FieldsAsync(WithAttributes(Attribute("size"), Attribute("size"))));
        Assert.Equal(["attributes[1].key", "attributes[1].string_value"], await FieldsAsync(WithAttributes(Attribute("size"), Attribute("a key", new string('x', 513)))));
        Assert.Empty(await FieldsAsync(WithAttributes([.. Enumerable.Range(0, 20).Select(i => Attribute($"k{i}"))])));
    }

    [Fact]
    public async Task What_the_door_could_not_convert_is_not_stored_and_not_told_twice() => Assert.Equal(
        ["special_category"],
        await FieldsAsync(An.ProductEntry() with { Violations = [new Violation("special_category", "must be a value that this version of the contract knows")] }));

    private static CatalogDraft WithAttributes(params Property[] attributes) => An.ProductEntry() with { Attributes = attributes };

    private static Property Attribute(string key, string text = "42") => new() { Key = key, Text = text };

    private async Task<IEnumerable<string>> FieldsAsync(CatalogDraft draft)
    {
        var outcomes = await _tracker.Catalog.UpsertAsync(_tracker.Caller, [draft], CancellationToken.None);
        return outcomes.Single().Violations.Select(violation => violation.Field).Distinct().Order(StringComparer.Ordinal);
    }
}
