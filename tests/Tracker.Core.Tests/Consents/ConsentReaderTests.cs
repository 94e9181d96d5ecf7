using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>"Was this consent valid on that day?", where the ledger alone does not tell.</summary>
public sealed class ConsentReaderTests : LedgerTests
{
    [Fact]
    public async Task A_consent_given_to_another_controller_is_none_of_ours()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada) with { Controller = "group-company" });

        var standing = await StandingAsync(Purpose.Profiling, Now);

        Assert.Equal(new ConsentStanding(IsValid: false, ConsentState.Unspecified, null), standing);
        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    [Trait("Compliance", "E14")]
    public async Task What_a_child_gave_alone_was_never_valid_from_the_day_its_age_is_known()
    {
        var alone = await RecordAsync(An.Consent(Purpose.Personalisation, An.Ada));
        Advance(TimeSpan.FromDays(1));
        var before = await StandingAsync(Purpose.Personalisation, TestTracker.Noon);
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now) with
        {
            Age = new(DateOnly.FromDateTime(Now.UtcDateTime).AddYears(-13), ""),
            Actor = DecisionActor.Guardian,
            AuthorityReference = "ticket-7",
        });

        var after = await StandingAsync(Purpose.Personalisation, TestTracker.Noon);

        Assert.True(before.IsValid);
        Assert.Equal((false, ConsentState.Invalidated, alone.Entry!.Id), (after.IsValid, after.State, after.Entry!.Id));
        Assert.True((await StandingAsync(Purpose.Analytics, Now)).IsValid);
    }

    private Task<ConsentStanding> StandingAsync(Purpose consented, DateTimeOffset at) => Tracker.Consents.GetStandingAsync(
        Tracker.Caller,
        new StandingQuery(new(null, An.Ada), Purpose.RightsHandling, consented, ContactChannel.Unspecified, "", at),
        Cancellation);
}
