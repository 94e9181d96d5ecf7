using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
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
        await using var tracker = await AssessedAsync();
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

    [Theory]
    [InlineData(ConsentState.Withdrawn)]
    [InlineData(ConsentState.Refused)]
    [Trait("Compliance", "R-040")]
    public async Task A_no_that_a_yes_has_taken_back_is_kept_as_long_as_that(ConsentState no)
    {
        await SayNoAsync(Tracker, no, Purpose.Profiling);
        Advance(TimeSpan.FromDays(1));

        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now));

        Assert.All(await LedgerAsync(An.Ada), entry => Assert.Equal((null, "CONSENT_ACTIVE"), (entry.ExpireAt, Assert.Single(entry.Holds))));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public async Task A_no_whose_yes_has_run_out_bars_again_and_is_not_forgotten()
    {
        await using var tracker = await AssessedAsync();
        await tracker.RecordAsync(An.Receipt("first", An.Ada), An.Receipt("of somebody else", An.Bob));
        tracker.Time.Advance(TimeSpan.FromDays(1));
        await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, tracker.Time.GetUtcNow()) with { ContactChannels = [ContactChannel.Post] }, Cancellation);
        tracker.Time.Advance(TimeSpan.FromDays(1));
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, tracker.Time.GetUtcNow(), "yes", ContactChannel.Post), Cancellation);

        await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(27));
        await BuyUntilAsync(tracker, months: 96, from: 30);

        Assert.False(await MayBePostedAsync(tracker, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-020")]
    [Trait("Compliance", "R-021")]
    public async Task A_yes_to_one_recipient_takes_back_no_withdrawal_of_all_sharing()
    {
        await RegisterAsync(An.Notice("two") with { Id = "two", Scope = An.Notice().Scope with { Recipients = [new("partner", "CONTROLLER", "IT"), new("other", "CONTROLLER", "IT")] } });
        var old = An.Consent(Purpose.ThirdPartySharing, An.Ada, TestTracker.Noon, "old") with { NoticeId = "two", NoticeVersion = "two", Recipient = "other" };
        Advance(TimeSpan.FromDays(1));
        await WithdrawAsync(An.Withdrawal(Purpose.ThirdPartySharing, An.Ada, Now));
        Advance(TimeSpan.FromDays(1));
        await RecordAsync(An.Consent(Purpose.ThirdPartySharing, An.Ada, Now));
        Advance(TimeSpan.FromDays(1));
        await WithdrawAsync(An.Withdrawal(Purpose.ThirdPartySharing, An.Ada, Now, "partner") with { Recipient = "partner" });
        await BuyUntilAsync(months: 66);

        await RecordAsync(old);

        var answer = await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.ThirdPartySharing, Recipient = "other" }, Cancellation);
        Assert.False(answer.IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "E07")]
    [Trait("Compliance", "R-021")]
    public async Task The_no_of_one_profile_is_kept_while_it_bars_another_of_the_person()
    {
        await using var tracker = await AssessedAsync();
        Identifier card = new(IdentifierKind.LoyaltyCard, "4242");
        await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, card), Cancellation);
        await tracker.RecordAsync(An.Receipt("by number", An.Bob));
        await tracker.Merger.MergeAsync(tracker.Caller, new(new(null, An.Bob), new(null, card), "ticket 7", []), Cancellation);

        await BuyUntilAsync(tracker, months: 72);

        Assert.False(await MayBePostedAsync(tracker, An.Bob));
    }

    [Theory]
    [InlineData(59)]
    [InlineData(61)]
    [InlineData(100)]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "R-035")]
    public async Task An_old_withdrawal_that_is_imported_before_its_person_comes_is_kept(int monthsAgo)
    {
        await using var tracker = await AssessedAsync();
        await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, TestTracker.Noon.AddMonths(-monthsAgo)), Cancellation);
        await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(23));

        await BuyUntilAsync(tracker, months: 54, from: 23);

        Assert.False(await MayBePostedAsync(tracker, An.Ada));
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

    [Theory]
    [InlineData(ConsentState.Withdrawn)]
    [InlineData(ConsentState.Refused)]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "E14")]
    public async Task A_no_stands_again_where_the_yes_that_took_it_back_is_found_void_however_late(ConsentState no)
    {
        await using var tracker = await AssessedAsync();
        await tracker.RecordAsync(An.Receipt("first", An.Ada));
        await SayNoAsync(tracker, no, Purpose.DirectMarketing);
        tracker.Time.Advance(TimeSpan.FromDays(1));
        var yes = await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, tracker.Time.GetUtcNow(), "yes", ContactChannel.Post), Cancellation);
        await BuyUntilAsync(tracker, months: 66);

        await tracker.Closing.CloseAsync(tracker.Caller, An.Invalidation(yes.Entry!.Id), Cancellation);

        Assert.False(await MayBePostedAsync(tracker, An.Ada));
    }

    [Theory]
    [InlineData(ConsentState.Withdrawn)]
    [InlineData(ConsentState.Refused)]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "E38")]
    public async Task A_letter_of_a_time_when_a_no_stood_is_not_kept_on_an_interest_after_a_yes(ConsentState no)
    {
        await using var tracker = await AssessedAsync();
        await tracker.RecordAsync(An.Receipt(by: An.Ada));
        await SayNoAsync(tracker, no, Purpose.DirectMarketing);
        tracker.Time.Advance(TimeSpan.FromDays(1));
        var sent = tracker.Time.GetUtcNow();
        tracker.Time.Advance(TimeSpan.FromDays(1));
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, tracker.Time.GetUtcNow(), "yes", ContactChannel.Post), Cancellation);
        tracker.Time.Advance(TimeSpan.FromDays(1));

        InteractionDraft Letter(string id, DateTimeOffset at) => An.Order(id, An.Ada, at) with
        {
            Type = "offer.sent",
            ContactChannel = ContactChannel.Post,
            LegalBasis = LegalBasis.LegitimateInterest,
            Content = new(),
        };
        var then = await tracker.RecordAsync(Letter("then", sent));
        var now = await tracker.RecordAsync(Letter("now", tracker.Time.GetUtcNow()));

        Assert.Equal((Outcome.Denied, Reason.BasisSwapForbidden, Outcome.Accepted), (then.Outcome, then.Reason, now.Outcome));
    }

    private static Task<ConsentAppended> SayNoAsync(TestTracker tracker, ConsentState no, Purpose purpose) => no == ConsentState.Withdrawn
        ? tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(purpose, An.Ada, tracker.Time.GetUtcNow()), Cancellation)
        : tracker.Ledger.RecordAsync(
            tracker.Caller,
            An.Consent(purpose, An.Ada, tracker.Time.GetUtcNow(), "no", purpose == Purpose.DirectMarketing ? [ContactChannel.Post] : []) with { State = ConsentState.Refused },
            Cancellation);

    private Task BuyUntilAsync(int months) => BuyUntilAsync(Tracker, months);

    private static async Task<TestTracker> AssessedAsync()
    {
        var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("DIRECT_MARKETING")));
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), Cancellation);
        return tracker;
    }

    private static async Task BuyUntilAsync(TestTracker tracker, int months, int from = 6)
    {
        for (var (month, weeks) = (from, 0); month <= months; weeks++)
        {
            // Errands are done when they are due.
            await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(month).AddDays(7 * (weeks % 26)));
            if (weeks % 26 == 0)
            {
                await tracker.RecordAsync(An.Receipt($"ada-{month}", An.Ada, tracker.Time.GetUtcNow()), An.Receipt($"bob-{month}", An.Bob, tracker.Time.GetUtcNow()));
            }

            month += weeks % 26 == 25 ? 6 : 0;
        }
    }

    private static async Task<bool> MayBePostedAsync(TestTracker tracker, Identifier who) =>
        (await tracker.Permissions.CheckAsync(tracker.Caller, new(null, who), new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Post }, Cancellation)).IsPermitted;
}
