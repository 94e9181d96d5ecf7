using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A no is not forgotten while anything is held that it bars, however long ago it was said (R-021, compliance 2.6).</summary>
public sealed class StandingNoTests : LedgerTests
{
    [Theory]
    [InlineData(Purpose.DirectMarketing)]
    [InlineData(Purpose.Profiling)]
    [InlineData(Purpose.Analytics)]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "R-036")]
    public async Task A_consent_from_before_a_withdrawal_permits_nothing_however_late_it_arrives(Purpose purpose)
    {
        var consent = An.Consent(purpose, An.Ada);
        await RecordAsync(consent);
        Advance(TimeSpan.FromDays(1));
        await WithdrawAsync(An.Withdrawal(purpose, An.Ada, Now));
        await BuyUntilAsync(months: 66);

        await RecordAsync(consent with { RequestId = "imported once more" });

        Assert.False(await MayAsync(purpose, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "E38")]
    public async Task Who_withdrew_is_not_written_to_on_an_interest_however_long_ago()
    {
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("DIRECT_MARKETING")));
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), Cancellation);
        await tracker.RecordAsync(An.Receipt("first", An.Ada));
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.Post), Cancellation);
        tracker.Time.Advance(TimeSpan.FromDays(1));
        await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, tracker.Time.GetUtcNow()), Cancellation);
        await tracker.RecordAsync(An.Receipt("of somebody else", An.Bob));

        await BuyUntilAsync(tracker, months: 66);

        Assert.False(await MayBePostedAsync(tracker, An.Ada));
        Assert.True(await MayBePostedAsync(tracker, An.Bob));
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    [Trait("Compliance", "E19")]
    public async Task A_short_term_for_proof_forgets_no_withdrawal()
    {
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-EVI-1", "CONSENT_END", "P1M")));
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), Cancellation);
        await tracker.RecordAsync(An.Receipt("r", An.Ada));
        tracker.Time.Advance(TimeSpan.FromDays(1));
        await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, tracker.Time.GetUtcNow()), Cancellation);
        await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(3));

        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, TestTracker.Noon, "from an offline till"), Cancellation);

        var answer = await tracker.Permissions.CheckAsync(tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Email }, Cancellation);
        Assert.False(answer.IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public async Task A_no_that_a_newer_yes_took_back_is_kept_no_longer_than_proof_is()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        Advance(TimeSpan.FromDays(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now));
        Advance(TimeSpan.FromDays(1));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "again"));
        Advance(TimeSpan.FromDays(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now, "for good"));

        var ends = (await LedgerAsync(An.Ada)).Select(entry => entry.ExpireAt);

        Assert.Equal([TestTracker.Noon.AddDays(1).AddYears(5), TestTracker.Noon.AddDays(3).AddYears(5), TestTracker.Noon.AddDays(3).AddYears(5), Now.AddYears(10)], ends);
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public async Task The_no_of_a_machine_that_nobody_named_themselves_on_ends_as_proof_does()
    {
        Identifier machine = new(IdentifierKind.Cookie, "a-machine");
        await RecordAsync(An.Consent(Purpose.Analytics, machine));

        var no = await WithdrawAsync(An.Withdrawal(Purpose.Analytics, machine));

        Assert.Equal(Now.AddYears(5), no.Entry!.ExpireAt);
    }

    private Task BuyUntilAsync(int months) => BuyUntilAsync(Tracker, months);

    private static async Task BuyUntilAsync(TestTracker tracker, int months)
    {
        for (var month = 6; month <= months; month += 6)
        {
            await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(month));
            await tracker.RecordAsync(An.Receipt($"ada-{month}", An.Ada, tracker.Time.GetUtcNow()), An.Receipt($"bob-{month}", An.Bob, tracker.Time.GetUtcNow()));
        }
    }

    private static async Task<bool> MayBePostedAsync(TestTracker tracker, Identifier who) =>
        (await tracker.Permissions.CheckAsync(tracker.Caller, new(null, who), new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Post }, Cancellation)).IsPermitted;
}
