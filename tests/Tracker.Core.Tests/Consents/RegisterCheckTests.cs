using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>An entry in the public register of objections cancels the consents to calls before it (art. 130(3-bis) Codice Privacy; L. 5/2018, art. 1(5)).</summary>
public sealed class RegisterCheckTests : LedgerTests
{
    private static readonly DateTimeOffset Listed = TestTracker.Noon.AddDays(5);

    [Theory]
    [InlineData(ContactChannel.PhoneOperator)]
    [InlineData(ContactChannel.AutoCall)]
    [Trait("Compliance", "E41")]
    [Trait("Compliance", "R-157")]
    public async Task A_consent_to_calls_from_before_the_entry_is_told_to_be_invalidated_by_the_look_that_found_it(ContactChannel medium)
    {
        var given = await CallMeAsync(TestTracker.Noon);
        GoTo(TestTracker.Noon.AddDays(10));
        var look = await LookAsync(Listed);

        var (before, now) = (await StandingByAsync(medium, Listed.AddMilliseconds(-1)), await StandingByAsync(medium, Now));

        Assert.Equal((true, ConsentState.Given), (before.IsValid, before.State));
        Assert.Equal((false, ConsentState.Invalidated, given.Entry!.Id, look.Entry!.Id), (now.IsValid, now.State, now.Entry!.Id, now.EndedBy!.Id));
        Assert.Equal(PromptReason.NoChoice, (await Tracker.Prompts.CheckAsync(Tracker.Caller, new(null, An.Ada), Purpose.DirectMarketing, medium, Cancellation)).Reason);
        Assert.Equal(Reason.RpoListed, await ReasonAsync(medium));
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    [Trait("Compliance", "E41")]
    public async Task What_the_register_cancelled_is_told_by_the_review_and_its_proof_and_the_person_go_five_years_after()
    {
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.PhoneOperator));
        GoTo(TestTracker.Noon.AddDays(10));
        await LookAsync(Listed);

        await Tracker.ReviewAsync(An.Ada);
        var (told, reason) = ((await LedgerAsync(An.Ada))[^1], await ReasonAsync(ContactChannel.PhoneOperator));
        await Tracker.AdvanceToAsync(Listed.AddYears(5).AddDays(22));

        Assert.Equal((ConsentState.Expired, EndReason.Register, Listed), (told.State, told.EndReason, told.EffectiveAt));
        Assert.Equal(Reason.RpoListed, reason);
        Assert.Null(await Tracker.Lookup.FindAsync(Tracker.Caller, new(null, An.Ada), Cancellation));
    }

    [Fact]
    [Trait("Compliance", "E41")]
    public async Task Its_part_for_mail_and_a_newer_consent_to_calls_stand()
    {
        await CallMeAsync(TestTracker.Noon);
        GoTo(TestTracker.Noon.AddDays(10));
        await LookAsync(Listed);
        var mail = await StandingByAsync(ContactChannel.Email, Now);
        await CallMeAsync(Now);

        Assert.True(mail.IsValid);
        Assert.True((await StandingByAsync(ContactChannel.PhoneOperator, Now)).IsValid);
        Assert.Equal(Reason.None, await ReasonAsync(ContactChannel.PhoneOperator));
    }

    [Fact]
    [Trait("Compliance", "E41")]
    [Trait("Compliance", "E18")]
    public async Task A_consent_of_the_very_instant_of_the_entry_is_not_newer_than_it()
    {
        await CallMeAsync(TestTracker.Noon);
        await LookAsync(TestTracker.Noon);

        Assert.False((await StandingByAsync(ContactChannel.PhoneOperator, Now)).IsValid);
    }

    [Fact]
    [Trait("Compliance", "E41")]
    [Trait("Compliance", "R-157")]
    public async Task A_number_that_leaves_the_register_does_not_revive_what_its_registration_cancelled()
    {
        await CallMeAsync(TestTracker.Noon);
        GoTo(TestTracker.Noon.AddDays(40));
        await LookAsync(null, "gone");
        await LookAsync(Listed, "listed", Now.AddDays(-1));

        Assert.Equal(Reason.RpoListed, await ReasonAsync(ContactChannel.PhoneOperator));
    }

    [Fact]
    [Trait("Compliance", "E41")]
    [Trait("Compliance", "R-157")]
    public async Task A_contract_in_force_or_ended_less_than_thirty_days_ago_outweighs_an_entry()
    {
        await CallMeAsync(TestTracker.Noon);
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        GoTo(TestTracker.Noon.AddDays(29));
        await LookAsync(Listed);
        var inTail = (await ReasonAsync(ContactChannel.PhoneOperator), (await StandingByAsync(ContactChannel.PhoneOperator, Now)).IsValid);
        GoTo(TestTracker.Noon.AddDays(31));

        Assert.Equal((Reason.None, true), inTail);
        Assert.Equal(Reason.RpoListed, await ReasonAsync(ContactChannel.PhoneOperator));
        Assert.Equal(ConsentState.Invalidated, (await StandingByAsync(ContactChannel.PhoneOperator, Now)).State);
    }

    [Fact]
    [Trait("Compliance", "E41")]
    [Trait("Compliance", "R-157")]
    public async Task A_purchase_or_a_contract_after_the_entry_revives_nothing()
    {
        await CallMeAsync(TestTracker.Noon);
        GoTo(TestTracker.Noon.AddDays(10));
        await LookAsync(Listed);
        await Tracker.RecordAsync(An.Receipt(by: An.Ada, at: Now));
        await Tracker.RecordAsync(An.Order("contract", An.Ada, Now) with { Type = "contract.started" });

        Assert.Equal(Reason.RpoListed, await ReasonAsync(ContactChannel.PhoneOperator));
        Assert.Equal(ConsentState.Invalidated, (await StandingByAsync(ContactChannel.PhoneOperator, Now)).State);
    }

    [Fact]
    [Trait("Compliance", "E41")]
    [Trait("Compliance", "R-157")]
    public async Task A_contract_that_ran_at_the_entry_outweighs_it_while_it_runs_and_thirty_days_more()
    {
        await CallMeAsync(TestTracker.Noon);
        await Tracker.RecordAsync(An.Order("contract", An.Ada) with { Type = "contract.started" });
        GoTo(TestTracker.Noon.AddDays(100));
        await LookAsync(Listed);
        var running = await ReasonAsync(ContactChannel.PhoneOperator);
        await Tracker.RecordAsync(An.Order("end", An.Ada, Now) with { Type = "contract.ended" });
        GoTo(Now.AddDays(14));
        var inTail = await ReasonAsync(ContactChannel.PhoneOperator);
        GoTo(Now.AddDays(16));
        await LookAsync(Listed, "again");

        Assert.Equal((Reason.None, Reason.None, Reason.RpoListed), (running, inTail, await ReasonAsync(ContactChannel.PhoneOperator)));
    }

    [Fact]
    [Trait("Compliance", "E41")]
    public async Task What_was_kept_for_calls_alone_goes_with_their_consent()
    {
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.PhoneOperator));
        await LookAsync(null, "first");
        await Tracker.RecordAsync(An.Newsletter());
        var before = (await Tracker.RecordsAsync(An.Ada)).Count;
        GoTo(TestTracker.Noon.AddDays(10));
        await LookAsync(Listed);

        await Tracker.AdvanceToAsync(Now.AddHours(1));

        Assert.Equal((1, 0), (before, (await Tracker.RecordsAsync(An.Ada)).Count));
    }

    private Task<ConsentAppended> CallMeAsync(DateTimeOffset at) =>
        RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, at, $"call-{at.UtcTicks}", ContactChannel.PhoneOperator, ContactChannel.AutoCall, ContactChannel.Email));

    private Task<ConsentAppended> LookAsync(DateTimeOffset? listed, string id = "look", DateTimeOffset? at = null) => Tracker.Contacts.NoteRegisterCheckAsync(
        Tracker.Caller, new() { RequestId = id, Profile = new(null, An.Ada), CheckedAt = at ?? Now, ListedSince = listed }, Cancellation);

    private Task<ConsentStanding> StandingByAsync(ContactChannel medium, DateTimeOffset at) => Tracker.Consents.GetStandingAsync(
        Tracker.Caller, new(new(null, An.Ada), Purpose.RightsHandling, Purpose.DirectMarketing, medium, "", at), Cancellation);

    private async Task<Reason> ReasonAsync(ContactChannel medium) =>
        (await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), Purpose.DirectMarketing, medium, Cancellation)).Reason;
}
