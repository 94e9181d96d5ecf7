using System.Text.Json.Nodes;
using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Tests.Import;

public sealed class MappingReaderTests
{
    [Fact]
    public void Two_mappings_are_shipped() =>
        Assert.Equal(["complete-journey", "online-retail"], MappingSource.Shipped);

    [Fact]
    public async Task The_example_in_the_documentation_is_valid()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "import.md"), TestContext.Current.CancellationToken);
        var example = page.Split("```json\n")[1].Split("```")[0];

        Assert.Equal("shop-exports", MappingReader.Read(example).Name);
    }

    [Fact]
    public void All_errors_are_told_at_once_by_path()
    {
        var json = Shipped();
        json["channel"] = "STREET";
        json["currency"] = "pounds";
        json["occurred_at"]!["time_zone"] = "Europe/Nowhere";
        json["rounding"]!["decimals"] = 12;
        json["types"]![0]!["when"]![0]!["column"] = "Invoice";

        var errors = Errors(json);

        Assert.Equal(
            ["$.channel", "$.currency", "$.occurred_at.time_zone", "$.rounding.decimals", "$.types[0].when[0].column"],
            errors.Select(PathOf).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("columns")]
    [InlineData("group_by")]
    [InlineData("message_id")]
    [InlineData("occurred_at")]
    [InlineData("channel")]
    [InlineData("types")]
    [InlineData("lines")]
    [InlineData("currency")]
    [InlineData("rounding")]
    [InlineData("total")]
    [InlineData("shift")]
    public void What_is_required_is_missed_by_name(string field)
    {
        var json = Shipped();
        json.Remove(field);

        Assert.Contains($"$.{field}: is missing", Errors(json));
    }

    [Fact]
    public void A_misspelt_field_is_an_error()
    {
        var json = Shipped();
        json["lines"]!["prodct_id"] = "StockCode";

        Assert.Equal(["$.lines.prodct_id: is not a field of a mapping"], Errors(json));
    }

    [Fact]
    public void A_column_that_no_rule_uses_must_not_be_read()
    {
        var json = Shipped();
        json["columns"]!.AsArray().Add("Country");

        Assert.Equal(["$.columns: column 'Country' is used by no rule and must not be read"], Errors(json));
    }

    [Fact]
    public void A_message_id_names_its_group()
    {
        var json = Shipped();
        json["message_id"] = "online-retail-{StockCode}";

        Assert.Equal(["$.message_id: must contain {InvoiceNo}, or two groups would have one id"], Errors(json));
    }

    [Fact]
    public void Only_the_last_type_has_no_condition()
    {
        var json = Shipped();
        json["types"]![1]!.AsObject().Remove("when");

        Assert.Equal(["$.types[1].when: is missing; only the last type has none"], Errors(json));
    }

    [Fact]
    public void A_condition_compares_in_exactly_one_way()
    {
        var json = Shipped();
        json["types"]![1]!["when"]![0]!["equals"] = "";

        Assert.Equal("$.types[1].when[0].column", Errors(json).Select(PathOf).Single());
    }

    [Theory]
    [InlineData("[]", "$: must be an object")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", "$: is not JSON")]
    [InlineData("{", "$: is not JSON")]
    public void What_is_no_mapping_at_all_is_refused(string json, string start)
    {
        var problem = Assert.Throws<MappingException>(() => MappingReader.Read(json));

        Assert.StartsWith(start, Assert.Single(problem.Errors), StringComparison.Ordinal);
    }

    private static JsonObject Shipped()
    {
        using var stream = typeof(MappingReader).Assembly.GetManifestResourceStream("mappings/online-retail.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static IReadOnlyList<string> Errors(JsonObject json) =>
        Assert.Throws<MappingException>(() => MappingReader.Read(json.ToJsonString())).Errors;

    private static string PathOf(string error) => error[..error.IndexOf(':', StringComparison.Ordinal)];
}
