using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class RenewalChargeTests : LedgerTests
{
    private static readonly int[] Charged = [6, 12, 18, 23];

    [Fact]
    [Trait("Compliance", "E32")]
    public async Task A_subscription_that_renews_itself_for_years_is_kept_as_a_contract_and_prolongs_no_marketing()
    {
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        await Tracker.RecordAsync(An.Order(by: An.Ada));
        var lastAct = (await ControlAsync(An.Ada)).LastInteractionAt!.Value;
        foreach (var months in Charged)
        {
            await Tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(months));
            var charge = await Tracker.RecordAsync(An.Order($"charge-{months}", An.Ada, Now) with { Type = "subscription.renewed" });
            Assert.Equal([Purpose.OrderFulfilment, Purpose.AccountingTax], charge.Grants.Select(grant => grant.Purpose).Order());
            Assert.True(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        }

        var unmoved = (await ControlAsync(An.Ada)).LastInteractionAt;
        await Tracker.AdvanceToAsync(lastAct.AddMonths(24));

        Assert.Equal(lastAct, unmoved);
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.Equal((ConsentState.Expired, EndReason.Inactivity), (await LedgerAsync(An.Ada))[^1] is var end ? (end.State, end.EndReason) : default);
        Assert.Contains(await RecordsAsync(), record => record.Type == "subscription.renewed");
        Assert.DoesNotContain(await RecordsAsync(), record => record.Grants.Any(grant => grant.Purpose == Purpose.DirectMarketing));
    }

    private Task<IReadOnlyList<InteractionRecord>> RecordsAsync() => Tracker.RecordsAsync(An.Ada);
}
