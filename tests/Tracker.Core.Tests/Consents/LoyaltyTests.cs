using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>The card is a contract; profiling and marketing are asked for, each for itself (Garante 1103045).</summary>
public sealed class LoyaltyTests : LedgerTests
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "C-4711");
    private static readonly Purpose[] Asked = [Purpose.LoyaltyProgramme, Purpose.Profiling, Purpose.DirectMarketing];

    [Fact]
    [Trait("Compliance", "R-022")]
    [Trait("Compliance", "R-158")]
    public async Task Who_has_bought_and_shown_no_card_is_in_no_programme()
    {
        var bought = await Tracker.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.LoyaltyProgramme] });

        Assert.Equal([Purpose.OrderFulfilment], bought.Grants.Select(grant => grant.Purpose));
        Assert.Equal([new(Purpose.LoyaltyProgramme, Reason.ContractRefInvalid)], bought.Denials);
        Assert.False(await MayAsync(Purpose.LoyaltyProgramme, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-158")]
    public async Task Without_a_consent_to_profiling_a_scan_earns_points_and_the_basket_is_not_linked()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));

        var scan = await ScanAsync("scan-1");

        Assert.Equal([Purpose.LoyaltyProgramme], scan.Grants.Select(grant => grant.Purpose));
        Assert.Equal(
            [new(Purpose.Profiling, Reason.ConsentMissing), new(Purpose.DirectMarketing, Reason.ConsentMissing)],
            scan.Denials.OrderByDescending(denial => denial.Purpose == Purpose.Profiling));
        Assert.Contains("content.commerce.lines", scan.StrippedFields);
        var kept = Assert.Single((await Tracker.TimelineAsync(An.Ada, Purpose.LoyaltyProgramme)).Items);
        Assert.Equal((21m, null), (kept.Content.Commerce!.Total!.Amount, kept.Content.Commerce.Lines));
        Assert.Empty((await Tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
    }

    [Fact]
    [Trait("Compliance", "R-158")]
    public async Task Points_profiling_and_marketing_are_three_purposes_and_each_consent_opens_one()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        var profiling = An.Consent(Purpose.Profiling, An.Ada);
        await RecordAsync(profiling);

        var first = await ScanAsync("scan-1");
        var sameBox = await RefusedAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "both") with { Evidence = profiling.Evidence });
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        var second = await ScanAsync("scan-2");

        Assert.Equal([Purpose.LoyaltyProgramme, Purpose.Profiling], first.Grants.Select(grant => grant.Purpose).OrderBy(AsAsked));
        Assert.Equal(RefusalReason.NotGranular, sameBox.Reason);
        Assert.Equal(Asked, second.Grants.Select(grant => grant.Purpose).OrderBy(AsAsked));
        Assert.Equal("scan-2", Assert.Single((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items).MessageId);
    }

    [Fact]
    [Trait("Compliance", "R-158")]
    public async Task Joining_the_programme_is_a_contract_of_its_own()
    {
        var joined = await Tracker.RecordAsync(An.Newsletter("joined") with { Type = "loyalty.joined" });

        Assert.Equal([(Purpose.LoyaltyProgramme, LegalBasis.Contract)], joined.Grants.Select(grant => (grant.Purpose, grant.Basis)));
        Assert.Equal(["LOYALTY"], joined.Grants[0].EvidenceIds);
        Assert.True(await MayAsync(Purpose.LoyaltyProgramme, An.Ada));
        Assert.False(await MayAsync(Purpose.ServiceDelivery, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-158")]
    public async Task Whose_card_is_on_the_receipt_earns_points()
    {
        var bought = await Tracker.RecordAsync(An.Receipt(by: Card) with { Purposes = [Purpose.OrderFulfilment, Purpose.LoyaltyProgramme] });

        Assert.Equal([Purpose.LoyaltyProgramme, Purpose.OrderFulfilment], bought.Grants.Select(grant => grant.Purpose).OrderDescending());
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_card_number_that_somebody_else_names_makes_no_member()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));

        var call = await Tracker.RecordAsync(An.Newsletter("call") with
        {
            Type = "call.made",
            Identifiers = [An.Ada, Card],
            Purposes = [Purpose.LoyaltyProgramme],
            Content = new(),
        });

        Assert.Equal(Reason.ContractRefInvalid, call.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task Who_leaves_the_programme_is_no_member_from_then_on()
    {
        await Tracker.RecordAsync(An.Newsletter("joined") with { Type = "loyalty.joined" });
        Advance(TimeSpan.FromDays(1));

        var left = await Tracker.RecordAsync(An.Newsletter("left", at: Now) with { Type = "loyalty.left" });
        Advance(TimeSpan.FromDays(1));
        var scan = await Tracker.RecordAsync(An.Newsletter("scan", at: Now) with { Type = "loyalty.scanned" });

        Assert.Equal((Outcome.AcceptedStripped, Outcome.Denied), (left.Outcome, scan.Outcome));
        Assert.False(await MayAsync(Purpose.LoyaltyProgramme, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_scan_from_before_leaving_that_comes_after_it_revives_no_membership()
    {
        Advance(TimeSpan.FromDays(1));
        await Tracker.RecordAsync(An.Receipt(by: An.Ada), An.Newsletter("left", at: Now) with { Type = "loyalty.left" });

        await ScanAsync("late");

        Assert.False(await MayAsync(Purpose.LoyaltyProgramme, An.Ada));
    }

    [Fact]
    public async Task A_free_account_of_somebody_who_has_not_bought_can_be_closed_on_its_terms()
    {
        await using var tracker = await TestTracker.StartAsync(policy: PolicyRegister.LoadShipped("it-standard"));
        await tracker.RecordAsync(An.Newsletter("opened") with { Type = "account.opened" });
        tracker.Time.Advance(TimeSpan.FromDays(1));

        var closed = await tracker.RecordAsync(An.Newsletter("closed", at: tracker.Time.GetUtcNow()) with { Type = "account.closed", Content = new() });

        Assert.Equal(Outcome.Accepted, closed.Outcome);
        Assert.Equal(tracker.Time.GetUtcNow(), (await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), Cancellation)).Facts.AccountClosedAt);
    }

    private static int AsAsked(Purpose purpose) => Array.IndexOf(Asked, purpose);

    private Task<InteractionOutcome> ScanAsync(string id) => Tracker.RecordAsync(An.Receipt(id, An.Ada) with
    {
        Type = "loyalty.scanned",
        Purposes = Asked,
    });
}
