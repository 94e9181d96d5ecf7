using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class ContractLinkTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-022")]
    [Trait("Compliance", "E39")]
    public async Task An_order_number_is_the_contract_of_whoever_ordered()
    {
        await _tracker.RecordAsync(An.Order("order-1", An.Ada));
        await _tracker.RecordAsync(An.Order("order-2", An.Bob));

        var own = await _tracker.RecordAsync(About("order-1", An.Ada, "help-1"));
        var foreign = await _tracker.RecordAsync(About("order-1", An.Bob, "help-2"));

        Assert.Equal(LegalBasis.Contract, Assert.Single(own.Grants).Basis);
        Assert.StartsWith("order:", own.Grants[0].EvidenceIds[0], StringComparison.Ordinal);
        Assert.Contains(new PurposeDenial(Purpose.CustomerCare, Reason.ContractRefInvalid), await DenialsOnContractAsync("order-1", An.Bob));
        Assert.DoesNotContain(foreign.Grants, grant => grant.Basis == LegalBasis.Contract);
    }

    [Fact]
    [Trait("Compliance", "E39")]
    public async Task Within_one_batch_the_first_to_order_owns_the_number()
    {
        var outcomes = await _tracker.RecordAsync(
            An.Order("order-1", An.Ada),
            An.Order("order-2", An.Bob) with { Content = An.Order("order-1").Content, Purposes = [Purpose.OrderFulfilment] });

        Assert.Equal([Outcome.Accepted, Outcome.Denied], outcomes.Select(outcome => outcome.Outcome));
        Assert.Equal(Reason.ContractRefInvalid, outcomes[1].Reason);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_number_that_nobody_has_proves_no_contract()
    {
        await _tracker.RecordAsync(An.Order("order-1", An.Ada));

        var about = await _tracker.RecordAsync(About("no-such-order", An.Ada, "help-1"));

        var evidence = Assert.Single(Assert.Single(about.Grants).EvidenceIds);
        Assert.Equal("PURCHASE", evidence);
    }

    [Theory]
    [InlineData("login.succeeded")]
    [InlineData("loyalty.joined")]
    [InlineData("loyalty.scanned")]
    [Trait("Compliance", "R-022")]
    [Trait("Compliance", "E39")]
    public async Task A_sign_in_and_a_card_make_no_number_anybody_s(string type)
    {
        await _tracker.RecordAsync(About("order-1", An.Bob, "shown") with { Type = type });

        var ordered = await _tracker.RecordAsync(An.Order("order-1", An.Ada));

        Assert.Equal(Outcome.Accepted, ordered.Outcome);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task An_invented_number_beside_a_card_opens_no_account()
    {
        var scan = await _tracker.RecordAsync(About("no-such-order", An.Ada, "scan") with { Type = "loyalty.scanned", Purposes = [Purpose.LoyaltyProgramme, Purpose.ServiceDelivery] });

        Assert.Equal(["LOYALTY"], Assert.Single(scan.Grants).EvidenceIds);
        Assert.Equal([new(Purpose.ServiceDelivery, Reason.ContractRefInvalid)], scan.Denials);
    }

    [Fact]
    public async Task A_mere_mention_makes_no_number_anybody_s()
    {
        await _tracker.RecordAsync(An.Order("order-2", An.Bob));
        await _tracker.RecordAsync(About("order-1", An.Bob, "help-1"));

        var ordered = await _tracker.RecordAsync(An.Order("order-1", An.Ada));

        Assert.Equal(Outcome.Accepted, ordered.Outcome);
    }

    [Fact]
    [Trait("Compliance", "E39")]
    public async Task Another_person_s_number_does_not_stop_what_rests_on_a_duty_by_law_nor_the_items_beside_it()
    {
        await _tracker.RecordAsync(An.Order("order-1", An.Ada));

        var outcomes = await _tracker.RecordAsync(
            An.Order("order-2", An.Bob) with { Content = An.Order("order-1").Content },
            An.Order("order-3", An.AdasCookie));
        var later = await _tracker.RecordAsync(About("order-1", An.Ada, "help-1"));

        Assert.Equal([Outcome.AcceptedStripped, Outcome.Accepted], outcomes.Select(outcome => outcome.Outcome));
        Assert.Equal([Purpose.AccountingTax], outcomes[0].Grants.Select(grant => grant.Purpose));
        Assert.Equal([new(Purpose.OrderFulfilment, Reason.ContractRefInvalid)], outcomes[0].Denials);
        Assert.Equal(LegalBasis.Contract, Assert.Single(later.Grants).Basis);
    }

    private async Task<IReadOnlyList<PurposeDenial>> DenialsOnContractAsync(string order, Identifier by) =>
        (await _tracker.RecordAsync(About(order, by, "help-3") with { LegalBasis = LegalBasis.Contract })).Denials;

    private static InteractionDraft About(string order, Identifier by, string id) => An.Order(id, by) with
    {
        Type = "support.contacted",
        Content = new() { Commerce = new() { OrderId = order } },
    };
}
