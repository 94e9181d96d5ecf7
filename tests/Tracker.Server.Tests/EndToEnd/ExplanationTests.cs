using Google.Protobuf.WellKnownTypes;
using Tracker.Server.Tests.Catalog;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>Why an order of a pharmacy is held, as its data-protection officer asks over the wire.</summary>
public sealed class ExplanationTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly Timestamp _then = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToTimestamp();

    [Fact]
    public async Task An_order_says_its_rule_with_the_outer_cap_when_its_contract_began_and_what_carries_its_special_item()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await server.Catalog.UpsertProductsAsync(new() { Products = { CatalogSample.Product() } }, cancellationToken: _cancellation);
        var recorded = await server.Interactions.RecordInteractionAsync(new() { Interaction = Order() }, cancellationToken: _cancellation);
        var listed = await server.Profiles.ListInteractionsAsync(
            new() { Profile = new() { Identifier = Order().Identifiers[0] }, Purpose = Wire.Purpose.OrderFulfilment }, cancellationToken: _cancellation);

        var explained = await server.Policies.ExplainRecordAsync(
            new() { MessageId = "o-1", SourceId = listed.Interactions[0].SourceId, Purpose = Wire.Purpose.RightsHandling }, cancellationToken: _cancellation);

        var order = Assert.Single(explained.Records.Single(record => record.RetentionClass == Wire.RetentionClass.Order).GrantExplanations);
        Assert.Equal(recorded.Result.InteractionId, explained.InteractionId);
        Assert.EndsWith("EVENT_TIME + P11Y (OUTER CAP); DELETE", order.RuleText, StringComparison.Ordinal);
        Assert.Equal((explained.OccurredAt, null), (order.Contract.FromAt, order.Contract.UntilAt));
        Assert.Equal("9(2)(h)", Assert.Single(order.Article9Conditions).Condition);
        Assert.Equal((null, 0), (order.EndPolicy, order.EndedBy.Count));
    }

    [Fact]
    public async Task Contact_details_say_the_right_they_are_held_by_and_field_by_field_who_stated_them_and_never_what()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var ada = new Wire.ProfileReference { Identifier = Order().Identifiers[0] };
        var account = new Wire.Interaction
        {
            MessageId = "a-1",
            Type = "account.opened",
            Initiator = Wire.Initiator.Subject,
            Purposes = { Wire.Purpose.ServiceDelivery },
            Channel = Wire.Channel.Web,
            OccurredAt = _then,
            Identifiers = { Order().Identifiers },
            Content = new() { Contact = new() { GivenName = "Augusta" } },
        };
        await server.Interactions.RecordInteractionAsync(new() { Interaction = Order() }, cancellationToken: _cancellation);
        var recorded = await server.Interactions.RecordInteractionAsync(new() { Interaction = account }, cancellationToken: _cancellation);
        Assert.Equal(Wire.Outcome.Accepted, recorded.Result.Outcome);

        var explained = await server.Policies.ExplainContactAsync(new() { Profile = ada, Purpose = Wire.Purpose.RightsHandling }, cancellationToken: _cancellation);

        var contact = Assert.Single(explained.Documents);
        Assert.Equal((Wire.RetentionClass.Contact, 64), (contact.Record.RetentionClass, contact.PolicySha256.Length));
        Assert.All(contact.Record.Grants, grant => Assert.NotNull(grant.KeepUntilAt));
        Assert.All(contact.Fields, field => Assert.Equal(("contact.given_name", "demo"), (field.Field, field.SourceId)));
        Assert.DoesNotContain("Augusta", explained.ToString(), StringComparison.Ordinal);
    }

    private Wire.Interaction Order() => new()
    {
        MessageId = "o-1",
        Type = "order.placed",
        Channel = Wire.Channel.Web,
        OccurredAt = _then,
        Identifiers = { new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" } },
        Content = new()
        {
            Commerce = new()
            {
                OrderId = "o-1",
                Lines = { new Wire.CommerceLine { ProductId = CatalogSample.Product().ProductId, Quantity = new() { Value = "1" } } },
                Total = new() { CurrencyCode = "EUR", Units = 20 },
            },
        },
    };
}
