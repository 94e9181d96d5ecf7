using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>A receipt that was bought without the card, and is brought to the desk with it.</summary>
public sealed class ClaimCallTests
{
    private static readonly Wire.Identifier Card = new() { Kind = Wire.IdentifierKind.LoyaltyCard, Value = "4242" };
    private static readonly Wire.Identifier Email = new() { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" };

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly Timestamp _then = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToTimestamp();

    [Fact]
    public async Task Sale_becomes_the_claimants_and_every_repeat_is_a_duplicate()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var sold = await SellAsync(server);

        var first = (await ClaimAsync(server, Card)).Result;
        var again = (await ClaimAsync(server, Card)).Result;
        var till = await SellAsync(server);

        Assert.Equal((Wire.Outcome.Accepted, sold.InteractionId, ""), (first.Outcome, first.InteractionId, first.MessageId));
        Assert.Equal((Wire.Outcome.Duplicate, sold.InteractionId), (again.Outcome, again.InteractionId));
        Assert.Equal((Wire.Outcome.Duplicate, sold.InteractionId), (till.Outcome, till.InteractionId));
        var timeline = await server.Profiles.ListInteractionsAsync(new() { Profile = new() { Identifier = Card }, Purpose = Wire.Purpose.OrderFulfilment }, cancellationToken: _cancellation);
        Assert.Equal(_then.Seconds, Assert.Single(timeline.Interactions).OccurredAt.Seconds);
    }

    [Fact]
    public async Task Whoever_is_wrong_or_late_is_told_the_same_and_leaves_not_one_byte()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await SellAsync(server);
        await ClaimAsync(server, Card);
        var before = await server.DumpAsync(_cancellation);

        var late = await RefusedAsync(ClaimAsync(server, Email));
        var never = await RefusedAsync(ClaimAsync(server, Email, "0042-9"));
        var wrong = await RefusedAsync(ClaimAsync(server, Card, total: 7));

        Assert.Equal([StatusCode.NotFound], new[] { late, never, wrong }.Select(refusal => refusal.StatusCode).Distinct());
        Assert.Single(new[] { late, never, wrong }.Select(refusal => refusal.Status.Detail).Distinct());
        Assert.Equal("RECEIPT_NOT_FOUND", late.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
        Assert.Equal(before, await server.DumpAsync(_cancellation));
    }

    [Fact]
    public async Task Invalid_fields_are_named()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var request = new Wire.ClaimReceiptRequest { Receipt = Card, Identifiers = { new Wire.Identifier { Kind = Wire.IdentifierKind.Cookie, Value = "c" } }, BusinessDate = new() { Year = 2026, Month = 13, Day = 1 } };

        var refused = await RefusedAsync(server.Interactions.ClaimReceiptAsync(request, cancellationToken: _cancellation).ResponseAsync);

        var fields = refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field);
        Assert.Equal(["business_date", "claimed_at", "receipt.kind"], fields.Order(StringComparer.Ordinal));
    }

    private static Task<RpcException> RefusedAsync(Task call) => Assert.ThrowsAsync<RpcException>(() => call);

    private Task<Wire.ClaimReceiptResponse> ClaimAsync(TestServer server, Wire.Identifier by, string number = "0042-1", int total = 20) => server.Interactions.ClaimReceiptAsync(
        new()
        {
            Receipt = new() { Kind = Wire.IdentifierKind.Receipt, Value = number },
            Identifiers = { by },
            Total = new() { CurrencyCode = "EUR", Units = total },
            ClaimedAt = TimeProvider.System.GetUtcNow().ToTimestamp(),
        },
        cancellationToken: _cancellation).ResponseAsync;

    private async Task<Wire.InteractionResult> SellAsync(TestServer server)
    {
        var sale = new Wire.Interaction
        {
            MessageId = "till-1",
            Type = "purchase.completed",
            Channel = Wire.Channel.Pos,
            OccurredAt = _then,
            Identifiers = { new Wire.Identifier { Kind = Wire.IdentifierKind.Receipt, Value = "0042-1" } },
            Content = new() { Commerce = new() { Total = new() { CurrencyCode = "EUR", Units = 20 } } },
        };
        return (await server.Interactions.RecordInteractionAsync(new() { Interaction = sale }, cancellationToken: _cancellation)).Result;
    }
}
