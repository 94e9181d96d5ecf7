using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>Identifiers of one decision that lead to two people: a no of either must not get lost between them.</summary>
public sealed class TwoPeopleTests : LedgerTests
{
    [Fact]
    [Trait("Compliance", "E07")]
    [Trait("Compliance", "R-035")]
    public async Task Mail_to_an_address_of_somebody_else_cannot_be_consented_to_because_its_withdrawal_would_go_astray()
    {
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Bob));
        Advance(TimeSpan.FromMinutes(1));

        var refused = await RefusedAsync(An.Consent(Purpose.DirectMarketing, An.Bob, Now) with { Identifiers = [An.Bob, An.Ada] });

        Assert.Equal("identifiers", Assert.Single(refused.Violations).Field);
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Bob, ContactChannel.Email));
    }

    [Fact]
    [Trait("Compliance", "E17")]
    public async Task A_withdrawal_by_one_identifier_defeats_an_older_consent_that_comes_with_a_stronger_one()
    {
        await RecordAsync(An.Consent(Purpose.Analytics, An.Bob));
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Bob) with { Identifiers = [An.Bob, An.Ada] });
        Advance(TimeSpan.FromMinutes(1));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Bob, Now) with { Identifiers = [An.Bob, An.Ada] });

        Assert.Equal("identifiers", Assert.Single(refused.Violations).Field);
        Assert.True(await CountsAsync(Purpose.Profiling, An.Bob));
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task An_address_of_somebody_else_is_no_soft_opt_in()
    {
        await ObjectAsync(Purpose.DirectMarketing, An.Ada);
        await RecordAsync(An.Consent(Purpose.Analytics, An.Bob));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Contacts.NoteSoftOptInAsync(
            Tracker.Caller, An.SoftOptIn(An.Bob, Now) with { Identifiers = [An.Bob, An.Ada] }, Cancellation));

        Assert.Equal("identifiers", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task A_refusal_is_taken_from_whomever_it_comes()
    {
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Bob));

        var refused = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Bob) with { Identifiers = [An.Bob, An.Ada], State = ConsentState.Refused });

        Assert.Equal(ConsentState.Refused, refused.Entry!.State);
    }

    [Theory]
    [InlineData(ConsentState.Given)]
    [InlineData(ConsentState.Refused)]
    [Trait("Compliance", "R-035")]
    public async Task A_decision_by_the_numbers_of_two_people_is_of_neither_and_nobody_could_take_it_back(ConsentState state)
    {
        var caller = await Tracker.RecordTwoPeopleAsync();
        var before = Tracker.Dump();

        var refused = await Assert.ThrowsAsync<RefusalException>(() => RecordAsync(
            An.Consent(Purpose.Analytics, An.Ada) with { Identifiers = [AClaim.Erp("1"), AClaim.Web("b")], State = state },
            caller));

        Assert.Equal("identifiers", Assert.Single(refused.Violations).Field);
        Assert.Equal(before, Tracker.Dump());
    }
}
