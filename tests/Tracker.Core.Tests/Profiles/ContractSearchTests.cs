using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

/// <summary>From when until when a contract ran that carries what is kept.</summary>
public sealed class ContractSearchTests : IAsyncLifetime
{
    private static readonly DateTimeOffset NoonOfSummer = TestTracker.Noon.AddMonths(6).AddHours(-1);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Order(by: An.Ada, at: TestTracker.Noon.AddDays(-40)));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task A_contract_says_from_when_until_when_it_ran()
    {
        var (placed, delivered) = (TestTracker.Noon.AddDays(-40), TestTracker.Noon.AddDays(-35));
        var open = await ContractAsync("order-1");
        await _tracker.RecordAsync(An.Order("other", An.Ada, TestTracker.Noon.AddDays(-50)), An.Order("order-1", An.Ada, delivered) with { MessageId = "delivery", Type = "order.delivered" });

        Assert.Equal(new(placed, null), open);
        Assert.Equal(new(placed, delivered), await ContractAsync("order-1"));
        Assert.Equal(new(placed, delivered), await ContractAsync("delivery"));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task A_quote_says_until_when_it_is_valid()
    {
        await _tracker.RecordAsync(An.Order("quote", An.Bob) with { Type = "quote.requested", Content = new() { Commerce = new() { QuoteId = "q-1" } } });

        Assert.Equal(new(TestTracker.Noon, NoonOfSummer), await ContractAsync("quote"));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    [Trait("Compliance", "R-022")]
    public async Task A_membership_says_from_when_until_when_it_ran()
    {
        await _tracker.RecordAsync(An.Newsletter("scan", An.Bob, TestTracker.Noon.AddDays(-20)) with { Type = "loyalty.scanned" });
        var open = await ContractAsync("scan");
        await _tracker.RecordAsync(An.Newsletter("left", An.Bob, TestTracker.Noon.AddDays(-5)) with { Type = "loyalty.left" });

        Assert.Equal(new(TestTracker.Noon.AddDays(-20), null), open);
        Assert.Equal(new(TestTracker.Noon.AddDays(-20), TestTracker.Noon.AddDays(-5)), await ContractAsync("scan"));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task Points_of_whoever_has_left_the_programme_would_not_be_kept_again()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Bob, at: TestTracker.Noon.AddDays(-30)));
        await _tracker.RecordAsync(An.Newsletter("scan", An.Bob, TestTracker.Noon.AddDays(-20)) with { Type = "loyalty.scanned" });
        var before = Assert.Single(Assert.Single((await ExplainAsync("scan")).Explained).Grants);
        await _tracker.RecordAsync(An.Newsletter("left", An.Bob, TestTracker.Noon.AddDays(-5)) with { Type = "loyalty.left" });

        Assert.Equal(Reason.None, before.DenialNow);
        Assert.Equal(Reason.ContractRefInvalid, Assert.Single(Assert.Single((await ExplainAsync("scan")).Explained).Grants).DenialNow);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_names_a_contract_that_went_on_says_when_that_began_and_ended()
    {
        var (began, ended) = (TestTracker.Noon.AddDays(-20), TestTracker.Noon.AddDays(-10));
        var named = new InteractionContent { Commerce = new() { ContractId = "c-1" } };
        await _tracker.RecordAsync(
            An.Order("start", An.Ada, began) with { Type = "contract.started", Content = named },
            An.Newsletter("use", An.Ada, began.AddDays(5)) with { Type = "page.viewed", Content = named, Purposes = [Purpose.ServiceDelivery] },
            An.Order("end", An.Ada, ended) with { Type = "contract.ended", Content = named });

        Assert.Equal(new(began, ended), await ContractAsync("use"));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_rests_on_no_contract_has_no_dates_of_one() =>
        Assert.Null((await ExplainAsync("order-1")).Explained.Single(record => record.Record.Class == RetentionClass.Fiscal).Grants[0].Contract);

    private async Task<Validity?> ContractAsync(string messageId) =>
        (await ExplainAsync(messageId)).Explained.SelectMany(record => record.Grants).Single(grant => grant.Grant.Basis is LegalBasis.Contract or LegalBasis.PreContract).Contract;

    private Task<RecordExplanation> ExplainAsync(string messageId) =>
        _tracker.Explainer.ExplainAsync(_tracker.Caller, messageId, null, Purpose.RightsHandling, CancellationToken.None);
}
