using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Profiles.Summaries;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles.Summaries;

public sealed class ProfileSummaryTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Channels_and_sales_are_counted_and_a_delivery_is_no_second_sale()
    {
        var day = TestTracker.Noon.AddDays(-10);
        await _tracker.RecordAsync(
            An.Order("web", An.Ada, day),
            An.Receipt("till", An.Ada, day.AddDays(1)),
            An.Order("web", An.Ada, day.AddDays(2)) with { MessageId = "delivered", Type = "order.delivered" },
            An.Order("till", An.Ada, day.AddDays(3)) with { MessageId = "returned", Type = "order.returned" });

        var summary = await SummariseAsync(Purpose.OrderFulfilment);

        Assert.Equal((4, false), (summary.Count, summary.IsCutOff));
        Assert.Equal([new ChannelUse(Channel.Pos, 1, day.AddDays(1), day.AddDays(1)), new ChannelUse(Channel.Web, 3, day, day.AddDays(3))], summary.Channels.OrderBy(use => use.Count));
        Assert.Equal(
            new PurchaseTotals(2, 4, new("EUR", 42m), new("EUR", 21m), day, day.AddDays(3), 1, new("EUR", 21m)),
            Assert.Single(summary.Purchases));
    }

    [Fact]
    [Trait("Compliance", "R-007")]
    public async Task What_a_purpose_may_not_see_is_not_in_its_numbers()
    {
        await _tracker.RecordAsync(An.Order("web", An.Ada));

        var summary = await SummariseAsync(Purpose.Analytics);

        Assert.Equal((0, 0, 0), (summary.Count, summary.Channels.Count, summary.Purchases.Count));
    }

    [Fact]
    public async Task What_somebody_likes_is_found_out_on_the_basis_to_profile_alone_and_not_after_its_withdrawal()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddDays(-9)), Cancellation);
        await _tracker.RecordAsync(Bought("1", "42", TestTracker.Noon.AddDays(-3)), Bought("2", "42", TestTracker.Noon.AddDays(-2)), Bought("3", "44", TestTracker.Noon.AddDays(-1)));

        var profiling = await SummariseAsync(Purpose.Profiling);
        var fulfilment = await SummariseAsync(Purpose.OrderFulfilment);
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), Cancellation);
        var withdrawn = await SummariseAsync(Purpose.Profiling);

        Assert.Equal([("size", "42", 2, "2"), ("size", "44", 1, "3")], profiling.Preferences.Select(preference => (preference.Trait, preference.Value, preference.Count, preference.LastSource)));
        Assert.Empty(fulfilment.Preferences);
        Assert.Equal((0, 0), (withdrawn.Count, withdrawn.Preferences.Count));
    }

    [Fact]
    public async Task Merged_profiles_are_summed_up_as_one_person()
    {
        var card = new Identifier(IdentifierKind.LoyaltyCard, "4242");
        await _tracker.RecordAsync(An.Order("web", An.Ada), An.Receipt("till", card));
        await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, An.Ada), new(null, card), "", []), Cancellation);

        Assert.Equal(2, Assert.Single((await SummariseAsync(Purpose.OrderFulfilment)).Purchases).Orders);
    }

    [Fact]
    public async Task Profile_says_since_when_it_is_known_and_how_it_came_to_its_stage()
    {
        await _tracker.RecordAsync(An.Order("web", An.Ada, TestTracker.Noon.AddDays(-3)));

        var view = await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment);

        Assert.Equal(TestTracker.Noon.AddDays(-3), view.StageHistory[^1].At);
        Assert.Equal(Stage.Customer, view.StageHistory[^1].Stage);
        Assert.True(view.FirstSeenAt <= TestTracker.Noon.AddDays(-3));
        Assert.Empty((await _tracker.ProfileAsync(An.Ada, Purpose.Profiling)).StageHistory);
    }

    private static InteractionDraft Bought(string id, string size, DateTimeOffset at) => An.Order(id, An.Ada, at) with
    {
        Purposes = [Purpose.OrderFulfilment, Purpose.Profiling],
        Content = new()
        {
            Commerce = new()
            {
                OrderId = id,
                Lines = [new() { ProductId = "shoe", Quantity = 1, Amount = new("EUR", 80m), Attributes = [new() { Key = "size", Text = size }] }],
                Total = new("EUR", 80m),
            },
        },
    };

    private Task<ProfileSummary> SummariseAsync(Purpose purpose) => _tracker.Summaries.SummariseAsync(_tracker.Caller, new(null, An.Ada), purpose, Cancellation);
}
