using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A no that a slow clock dates before the gift it is about: which clock is right nobody knows, and the no prevails (compliance 2.6).</summary>
public sealed class SlowClockTests : LedgerTests
{
    private static readonly TimeSpan Behind = TimeSpan.FromHours(2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-036")]
    public async Task A_withdrawal_that_names_its_consent_ends_it_whatever_its_clock_says(bool tellsItsClock)
    {
        var given = await GiveAsync(Purpose.Profiling);

        var withdrawn = await WithdrawAsync(new()
        {
            RequestId = "w",
            Profile = new(null, An.Ada),
            Consent = given.Entry!.Id,
            DecidedAt = Now - Behind,
            SentAt = tellsItsClock ? Now - Behind : null,
        });

        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
        Assert.Equal((ConsentState.Withdrawn, withdrawn.Entry!.Id), await ToldAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    [Trait("Compliance", "E17")]
    public async Task A_withdrawal_ends_what_was_given_before_it_by_the_clock_as_corrected()
    {
        await GiveAsync(Purpose.Profiling);

        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now - Behind) with { SentAt = Now - Behind });

        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    public async Task A_refusal_ends_what_was_given_before_it_by_the_clock_as_corrected()
    {
        await GiveAsync(Purpose.Profiling);

        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now - Behind, "no") with { State = ConsentState.Refused, SentAt = Now - Behind });

        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task An_objection_ends_what_was_given_before_it_by_the_clock_as_corrected_and_stands()
    {
        await GiveAsync(Purpose.DirectMarketing);

        await ObjectAsync(Purpose.DirectMarketing, Now - Behind, sentAt: Now - Behind);

        var control = await ControlAsync(An.Ada);
        var objection = Assert.Single(ConsentHistory.Fold(await Tracker.ReadLedgerAsync(control.Tenant, control.Profile, Cancellation), Activity.Of(control, APolicy.Shipped)).Objections);
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada, ContactChannel.Email));
        Assert.Equal(DateTimeOffset.MaxValue, objection.Until);
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task A_consent_that_may_be_older_than_an_objection_takes_it_back_for_no_sale()
    {
        await GiveAsync(Purpose.DirectMarketing);
        await ObjectAsync(Purpose.DirectMarketing, Now - Behind, sentAt: Now - Behind);
        Advance(TimeSpan.FromMinutes(1));

        await Tracker.Contacts.NoteSoftOptInAsync(Tracker.Caller, An.SoftOptIn(An.Ada, Now), Cancellation);

        var control = await ControlAsync(An.Ada);
        var noted = Assert.Single(ConsentHistory.Fold(await Tracker.ReadLedgerAsync(control.Tenant, control.Profile, Cancellation), Activity.Of(control, APolicy.Shipped)).SoftOptIns);
        Assert.Equal(noted.From, noted.Until);
    }

    [Fact]
    [Trait("Compliance", "R-031")]
    public async Task The_receipt_of_a_consent_tells_of_the_no_that_may_be_newer()
    {
        var given = await GiveAsync(Purpose.Profiling);
        var withdrawn = await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now - Behind) with { SentAt = Now - Behind });

        var receipt = await Tracker.Consents.GetProofAsync(Tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, given.Entry!.Id, Cancellation);

        Assert.Contains(withdrawn.Entry!.Id.ToString(), receipt.Json, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    public async Task What_is_given_after_the_no_by_either_clock_counts()
    {
        await GiveAsync(Purpose.Profiling);
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now - Behind) with { SentAt = Now - Behind });
        Advance(TimeSpan.FromMinutes(1));

        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now) with { Evidence = Proof.Checkbox("again", Now) });

        Assert.True(await MayAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public async Task A_no_by_a_clock_that_was_never_set_is_kept_and_meets_an_older_consent_that_arrives_later()
    {
        var given = Now;
        Advance(TimeSpan.FromMinutes(10));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, DateTimeOffset.UnixEpoch) with { SentAt = DateTimeOffset.UnixEpoch });
        Advance(TimeSpan.FromDays(1));
        await Tracker.Sweeper.SweepAsync(Cancellation);

        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, given));

        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task After_a_no_by_a_clock_that_was_never_set_nobody_is_asked_for_six_months()
    {
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, DateTimeOffset.UnixEpoch) with { SentAt = DateTimeOffset.UnixEpoch });

        var answer = await Tracker.Prompts.CheckAsync(Tracker.Caller, new(null, An.Ada), Purpose.Profiling, ContactChannel.Unspecified, Cancellation);

        Assert.Equal((PromptReason.Withdrawn, APolicy.Shipped.Add(Now, APolicy.Shipped.ReaskAfter)), (answer.Reason, answer.EarliestAt));
    }

    private async Task<ConsentAppended> GiveAsync(Purpose purpose)
    {
        var given = await RecordAsync(An.Consent(purpose, An.Ada));
        Advance(TimeSpan.FromMinutes(10));
        return given;
    }

    private Task<ConsentAppended> ObjectAsync(Purpose purpose, DateTimeOffset at, DateTimeOffset sentAt) => Tracker.Objections.ObjectAsync(
        Tracker.Caller, new() { RequestId = "o", Profile = new(null, An.Ada), Purpose = purpose, ObjectedAt = at, SentAt = sentAt }, Cancellation);

    private async Task<(ConsentState State, ConsentId? EndedBy)> ToldAsync(Purpose purpose)
    {
        var standing = await StandingAsync(purpose, Now);
        return (standing.State, standing.EndedBy?.Id);
    }
}
