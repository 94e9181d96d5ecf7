using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>Whose a claimed sale is, and which sale of theirs a repeat is of.</summary>
public sealed class ReceiptClaimantTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData("order.returned", true)]
    [InlineData("order.returned", false)]
    [InlineData("support.contacted", false)]
    public async Task What_only_names_the_receipt_is_not_the_sale(string type, bool isTotalGiven)
    {
        var sale = await _tracker.SellAsync();
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await _tracker.RecordAsync(An.Receipt("known", AClaim.Card, _tracker.Time.GetUtcNow()));
        await _tracker.RecordAsync(AClaim.Sale("other", _tracker.Time.GetUtcNow()) with { Type = type, Identifiers = [AClaim.Card, AClaim.Number] });

        var outcome = await _tracker.ClaimAsync(new() { Total = isTotalGiven ? new("EUR", 21m) : null });

        Assert.Equal(2, (await _tracker.RecordsAsync(AClaim.Card)).Select(record => record.Key).Distinct().Count(key => key != sale.Key));
        Assert.Equal((Outcome.Accepted, sale.Key), (outcome.Outcome, outcome.Key));
    }

    [Fact]
    public async Task A_repeat_by_another_profile_of_the_same_person_is_a_duplicate()
    {
        await MergeAsync();
        var sale = await _tracker.SellAsync();
        await _tracker.ClaimAsync();

        var again = await _tracker.ClaimAsync(by: An.Ada);

        Assert.Equal((Outcome.Duplicate, sale.Key), (again.Outcome, again.Key));
    }

    [Fact]
    public async Task A_repeat_by_another_profile_of_the_same_person_claims_no_other_sale_of_the_number()
    {
        await MergeAsync();
        var sale = await _tracker.SellAsync();
        await _tracker.ClaimAsync();
        await _tracker.SellAsync("of somebody else");

        var again = await _tracker.ClaimAsync(by: An.Ada);

        Assert.Equal((Outcome.Duplicate, sale.Key), (again.Outcome, again.Key));
        Assert.Single(_tracker.Read("receipts"));
    }

    [Fact]
    public async Task A_claim_whose_identifiers_are_of_two_people_is_refused_by_field_whether_there_is_such_a_receipt_or_not()
    {
        var caller = await _tracker.RecordTwoPeopleAsync();

        var never = await AClaim.RefusedAsync(ClaimAsync(caller));
        await _tracker.SellAsync();
        var before = _tracker.Dump();
        var refusal = await AClaim.RefusedAsync(ClaimAsync(caller));

        Assert.Equal(["identifiers"], refusal.Violations.Select(violation => violation.Field));
        Assert.Equal((RefusalReason.InvalidRequest, never.Message), (refusal.Reason, refusal.Message));
        Assert.Equal(before, _tracker.Dump());
    }

    [Fact]
    public async Task A_claim_that_becomes_of_two_people_on_its_way_begins_again_and_fails_nothing_beside_it()
    {
        var caller = await _tracker.RecordTwoPeopleAsync();
        await _tracker.SellAsync();
        var claim = _tracker.ClaimRules.Judge(caller, Draft, TestTracker.Noon);
        var found = await _tracker.ClaimSearchOn(_tracker.Store.Receipts).FindAsync(claim, CancellationToken.None);
        var claimed = new PendingInteraction(_tracker.ClaimRules.ToClaimants(claim, found!));
        var beside = new PendingInteraction(_tracker.Rules.Judge(caller, An.Receipt("beside", An.Ada), TestTracker.Noon).Sound!);

        await _tracker.Pipeline.ProcessAsync(caller.Tenant, [claimed, beside], CancellationToken.None);

        Assert.Equal((Outcome.Duplicate, Outcome.Accepted), (claimed.Outcome!.Outcome, beside.Outcome!.Outcome));
        Assert.Single(_tracker.Read("receipts"));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_claim_by_card_makes_no_member_of_whoever_had_not_joined_when_they_bought()
    {
        await _tracker.SellAsync();
        _tracker.Time.Advance(TimeSpan.FromDays(10));
        var joined = _tracker.Time.GetUtcNow();
        await _tracker.RecordAsync(An.Receipt("join", AClaim.Card, joined) with { Type = "loyalty.joined", Content = new() });
        _tracker.Time.Advance(TimeSpan.FromDays(1));

        var outcome = await _tracker.Claims.ClaimAsync(OfTheProgramme, _tracker.Complete(new(), AClaim.Card, AClaim.Number), CancellationToken.None);

        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, AClaim.Card), CancellationToken.None);
        Assert.Equal([Purpose.LoyaltyProgramme], outcome.Denials.Select(denial => denial.Purpose));
        Assert.Equal((joined, TestTracker.Noon), (control.Facts.LoyaltyShownAt, control.Facts.FirstPurchaseAt));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_claim_by_card_is_kept_for_the_programme_of_whoever_was_a_member_when_they_bought()
    {
        await _tracker.RecordAsync(An.Receipt("join", AClaim.Card, TestTracker.Noon.AddDays(-1)) with { Type = "loyalty.joined", Content = new() });
        await _tracker.SellAsync();

        var outcome = await _tracker.Claims.ClaimAsync(OfTheProgramme, _tracker.Complete(new(), AClaim.Card, AClaim.Number), CancellationToken.None);

        Assert.Contains(Purpose.LoyaltyProgramme, outcome.Grants.Select(grant => grant.Purpose));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_late_sale_of_a_member_from_before_they_joined_is_not_kept_for_the_programme_either()
    {
        _tracker.Time.Advance(TimeSpan.FromDays(10));
        await _tracker.RecordAsync(An.Receipt("join", at: _tracker.Time.GetUtcNow()) with { Identifiers = [AClaim.Card, An.Ada], Type = "loyalty.joined", Content = new() });

        var outcome = await _tracker.RecordAsync(AClaim.Sale() with { Identifiers = [An.Ada], Purposes = [Purpose.OrderFulfilment, Purpose.LoyaltyProgramme] });

        Assert.DoesNotContain(Purpose.LoyaltyProgramme, outcome.Grants.Select(grant => grant.Purpose));
    }

    private Caller OfTheProgramme => _tracker.Caller with
    {
        DefaultPurposes = new Dictionary<string, IReadOnlyList<Purpose>> { ["purchase.completed"] = [Purpose.OrderFulfilment, Purpose.LoyaltyProgramme] },
    };

    private static ClaimDraft Draft => new() { Receipt = AClaim.Number, Identifiers = [AClaim.Erp("1"), AClaim.Web("b")], ClaimedAt = TestTracker.Noon };

    private Task<InteractionOutcome> ClaimAsync(Caller caller) => _tracker.Claims.ClaimAsync(caller, Draft, CancellationToken.None);

    private async Task MergeAsync()
    {
        await _tracker.RecordAsync(An.Receipt("one", AClaim.Card), An.Receipt("two", An.Ada));
        await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, AClaim.Card), new(null, An.Ada), "", []), CancellationToken.None);
    }
}
