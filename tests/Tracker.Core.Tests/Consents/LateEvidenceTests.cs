using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E20: proof is kept no longer by a rule that came after it was recorded.</summary>
public sealed class LateEvidenceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task Proof_of_a_consent_given_under_a_shorter_rule_ends_by_it_also_where_the_consent_ends_under_a_longer_one(bool isEndedInTime)
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        var given = await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.Analytics, An.Ada), CancellationToken.None);
        before.Time.Advance(TimeSpan.FromDays(3));
        var ended = before.Time.GetUtcNow();
        if (isEndedInTime)
        {
            await before.Ledger.WithdrawAsync(before.Caller, An.Withdrawal(Purpose.Analytics, An.Ada, ended), CancellationToken.None);
        }

        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Term("IT-EVI-1", "CONSENT_END", "P8Y")), after: before);
        if (!isEndedInTime)
        {
            await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.Analytics, An.Ada, ended), CancellationToken.None);
        }

        await tracker.ReviewAsync(An.Ada);
        var control = await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None);
        var ledger = await tracker.Store.Consents.ReadAsync(control.Tenant, [control.Profile], CancellationToken.None);

        Assert.Equal(ended.AddYears(5), ledger[0].Single(entry => entry.Id == given.Entry!.Id).ExpireAt);
    }
}
