using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

public sealed class NothingLeftBehindTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_denied_a_duplicate_and_an_invalid_item_change_not_one_byte()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var order = Order("order-1");
        await RecordAsync(server, order);
        var before = await server.DumpAsync(_cancellation);

        var denied = Order("lead-1");
        denied.Type = "lead.captured";
        denied.Identifiers[0].Value = "somebody-else@example.com";
        var invalid = Order("order-2");
        invalid.Type = "nonsense";
        var results = await RecordAsync(server, denied, order, invalid);

        Assert.Equal([Wire.Outcome.Denied, Wire.Outcome.Duplicate, Wire.Outcome.Invalid], results.Select(result => result.Outcome));
        Assert.NotEmpty(before);
        Assert.Equal(before, await server.DumpAsync(_cancellation));
    }

    [Fact]
    public async Task Neither_the_store_nor_the_log_holds_a_value_in_clear()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var order = Order("message-marker-7c1f");
        order.Identifiers[0].Value = "marker-7c1f@example.com";
        order.Content.Contact = new() { GivenName = "name-marker-7c1f" };
        await RecordAsync(server, order);

        await server.Process.TerminateAsync(_cancellation);
        await server.Process.WaitAsync(_cancellation);

        Assert.DoesNotContain("marker-7c1f", server.Process.Output + server.Process.Error, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(server.Folder, "*", SearchOption.AllDirectories),
            file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("marker-7c1f"u8)));
    }

    [Fact]
    public async Task More_than_a_thousand_items_are_refused_by_name()
    {
        await using var server = await TestServer.StartAsync(_cancellation);

        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            RecordAsync(server, [.. Enumerable.Range(0, 1_001).Select(i => Order($"order-{i}"))]));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains("1,000", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_with_the_limit()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var order = Order("order-1");
        order.Content.Commerce.OrderId = new string('x', 20_000_000);

        var refused = await Assert.ThrowsAsync<RpcException>(() => RecordAsync(server, order));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Contains("16777216 bytes", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_violation_of_a_batch_is_told_with_its_path()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var broken = Order("");
        broken.Identifiers[0].Value = "null";
        broken.Content.Commerce.Total.CurrencyCode = "EURO";

        var results = await RecordAsync(server, Order("order-1"), broken);

        Assert.Equal(Wire.Outcome.Accepted, results[0].Outcome);
        Assert.Equal(
            ["interactions[1].content.commerce.total.currency_code", "interactions[1].identifiers[0].value", "interactions[1].message_id"],
            results[1].Violations.Select(violation => violation.Field).Order(StringComparer.Ordinal));
    }

    private async Task<IList<Wire.InteractionResult>> RecordAsync(TestServer server, params Wire.Interaction[] interactions)
    {
        var request = new Wire.RecordInteractionsRequest { Interactions = { interactions } };
        return (await server.Interactions.RecordInteractionsAsync(request, cancellationToken: _cancellation)).Results;
    }

    private static Wire.Interaction Order(string id) => new()
    {
        MessageId = id,
        Type = "order.placed",
        Channel = Wire.Channel.Web,
        OccurredAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddMinutes(-1)),
        Identifiers = { new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" } },
        Content = new() { Commerce = new() { OrderId = "o-1", Total = new() { CurrencyCode = "EUR", Units = 20 } } },
    };
}
