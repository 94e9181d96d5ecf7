using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities.Persons;

public sealed class DenialKeepsNothingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task That_two_people_are_two_keeps_no_decision_of_theirs_longer()
    {
        var alone = await EndOfTheNoAsync(isDistinguished: false);
        var said = await EndOfTheNoAsync(isDistinguished: true);

        TestContext.Current.TestOutputHelper?.WriteLine($"{alone} {said}");
        Assert.Equal(alone, said);
    }

    private static async Task<DateTimeOffset?> EndOfTheNoAsync(bool isDistinguished)
    {
        Identifier visitor = An.AdasCookie;
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), Cancellation);
        await before.RecordAsync(An.Receipt("two", An.Bob));
        await before.Ledger.RecordAsync(
            before.Caller,
            An.Consent(Purpose.Profiling, visitor, TestTracker.Noon.AddDays(-2), "refusal") with { State = ConsentState.Refused, Evidence = Proof.CmpSignal("refusal", TestTracker.Noon.AddDays(-2)) },
            Cancellation);
        await before.AdvanceToAsync(TestTracker.Noon.AddDays(1));
        await before.CloseAsync();
        await using var after = await TestTracker.StartAsync(after: before, policy: APolicy.With(document => document["reask_after"] = "P12M"));
        var (control, other) = (await after.Lookup.GetAsync(after.Caller, new(null, visitor), Cancellation), await after.Lookup.GetAsync(after.Caller, new(null, An.Bob), Cancellation));
        if (isDistinguished)
        {
            await after.Merger.DistinguishAsync(after.Caller, new(new(control.Profile, null), new(other.Profile, null), "", []), Cancellation);
        }

        await after.Rollout.AdvanceAsync(fence: null, Cancellation);
        await after.AdvanceToAsync(TestTracker.Noon.AddDays(2));
        await after.Reviewer.ReviewAsync(after.Caller.Tenant, control.Profile, [], fence: null, Cancellation);
        var ledger = await after.ReadLedgerAsync(after.Caller.Tenant, control.Profile, Cancellation);
        return ledger.Single(entry => entry.State == ConsentState.Refused).ExpireAt;
    }
}
