using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class NoticeTests : LedgerTests
{
    [Fact]
    [Trait("Compliance", "R-160")]
    public async Task Who_is_responsible_is_no_recipient()
    {
        var notice = An.Notice("own");

        var refused = await Assert.ThrowsAsync<RefusalException>(() => RegisterAsync(notice with
        {
            Scope = notice.Scope with { Recipients = [new(notice.Scope.Controller!.Id, "CONTROLLER", "IT")] },
        }));

        Assert.Equal("recipients[0].id", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task The_text_comes_back_byte_for_byte()
    {
        var text = "Usiamo i tuoi dati – così:\r\n\t«…»  ";
        await RegisterAsync(An.Notice("it") with { Text = text });

        var notice = await Tracker.Notices.GetAsync(Tracker.Caller, "privacy", "it", Cancellation);

        Assert.Equal((text, Proof.Sha256(text)), (notice.Text, notice.Sha256));
    }

    [Fact]
    [Trait("Compliance", "E25")]
    public async Task A_version_that_was_replaced_is_good_for_a_day_more()
    {
        await RegisterAsync(An.Notice("2") with { EffectiveAt = TestTracker.Noon });
        GoTo(TestTracker.Noon.AddHours(23));
        var cached = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now));
        GoTo(TestTracker.Noon.AddHours(24));

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "late"));

        Assert.Equal((ConsentState.Given, "1"), (cached.Entry!.State, cached.Entry.NoticeVersion));
        Assert.Equal(RefusalReason.NoticeUnknown, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "E25")]
    public async Task A_version_in_another_language_replaces_nothing()
    {
        await RegisterAsync(An.Notice("2-de") with { EffectiveAt = TestTracker.Noon, Language = "de" });
        GoTo(TestTracker.Noon.AddDays(9));

        Assert.Equal(ConsentState.Given, (await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now))).Entry!.State);
    }

    [Fact]
    [Trait("Compliance", "R-042")]
    public async Task A_consent_reaches_no_recipient_or_medium_that_its_notice_does_not_name()
    {
        await RegisterAsync(An.Notice("3") with { Id = "narrow", Scope = An.Notice().Scope with { ContactChannels = [ContactChannel.Email], Recipients = [new("a", "CONTROLLER", "IT")] } });
        var marketing = An.Consent(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email, ContactChannel.Post]) with { NoticeId = "narrow", NoticeVersion = "3" };
        var sharing = An.Consent(Purpose.ThirdPartySharing, An.Ada) with { NoticeId = "narrow", NoticeVersion = "3", Recipient = "b" };

        Assert.Equal((RefusalReason.NotGranular, "contact_channels"), await WhyAsync(marketing));
        Assert.Equal((RefusalReason.NotGranular, "recipient"), await WhyAsync(sharing));
        Assert.Equal("a", (await RecordAsync(sharing with { Recipient = "a" })).Entry!.Recipient);
    }

    [Fact]
    [Trait("Compliance", "R-042")]
    public async Task A_recipient_that_a_later_version_adds_is_not_covered_and_the_own_newsletter_goes_on()
    {
        var scope = An.Notice().Scope with { Recipients = [new("a", "CONTROLLER", "IT")] };
        await RegisterAsync(An.Notice("3") with { Id = "shared", Scope = scope });
        var sharing = An.Consent(Purpose.ThirdPartySharing, An.Ada) with { NoticeId = "shared", NoticeVersion = "3", Recipient = "a" };
        await RecordAsync(sharing);
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada) with { NoticeId = "shared", NoticeVersion = "3" });

        await RegisterAsync(An.Notice("4") with { Id = "shared", Scope = scope with { Recipients = [.. scope.Recipients, new("b", "CONTROLLER", "IT")], IsMaterialChange = true } });

        Assert.True((await CheckAsync(new() { Purpose = Purpose.ThirdPartySharing, Recipient = "a" })).IsPermitted);
        Assert.False((await CheckAsync(new() { Purpose = Purpose.ThirdPartySharing, Recipient = "b" })).IsPermitted);
        Assert.True((await CheckAsync(new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Email })).IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "R-041")]
    public async Task One_act_is_no_consent_to_two_purposes()
    {
        var one = An.Consent(Purpose.Profiling, An.Ada, id: "one");
        await RecordAsync(one);

        var refused = await RefusedAsync(An.Consent(Purpose.Analytics, An.Ada, id: "two") with { Evidence = one.Evidence });
        var separate = await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, id: "three") with { Evidence = one.Evidence! with { ControlId = "another-box" } });

        Assert.Equal((RefusalReason.NotGranular, "evidence"), (refused.Reason, Assert.Single(refused.Violations).Field));
        Assert.Equal(ConsentState.Given, separate.Entry!.State);
    }

    [Fact]
    [Trait("Compliance", "R-041")]
    public async Task A_purpose_that_the_notice_does_not_tell_of_is_named_with_those_it_does()
    {
        await RegisterAsync(An.Notice() with { Id = "tax", Purposes = [Purpose.AccountingTax] });

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Ada) with { NoticeId = "tax" });

        var violation = Assert.Single(refused.Violations);
        Assert.Equal((RefusalReason.NotGranular, "purpose"), (refused.Reason, violation.Field));
        Assert.Contains("ACCOUNTING_TAX", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-006")]
    public async Task A_notice_that_was_not_in_use_yet_cannot_have_been_shown()
    {
        await RegisterAsync(An.Notice("next") with { EffectiveAt = TestTracker.Noon.AddDays(1) });

        Assert.Equal((RefusalReason.NoticeNotPrior, "notice_shown_at"), await WhyAsync(An.Consent(Purpose.Profiling, An.Ada) with { NoticeVersion = "next" }));
    }

    [Fact]
    [Trait("Compliance", "E16")]
    public async Task A_notice_that_is_not_in_use_yet_cannot_have_been_shown_by_a_clock_ahead_either()
    {
        await RegisterAsync(An.Notice("next") with { EffectiveAt = TestTracker.Noon.AddDays(1) });
        var ahead = TestTracker.Noon.AddDays(2);

        Assert.Equal((RefusalReason.NoticeNotPrior, "notice_shown_at"), await WhyAsync(An.Consent(Purpose.Profiling, An.Ada, ahead) with { NoticeVersion = "next" }));
    }

    [Fact]
    [Trait("Compliance", "E25")]
    public async Task A_clock_ahead_is_told_of_no_version_as_replaced_that_is_in_use()
    {
        await RegisterAsync(An.Notice("2") with { EffectiveAt = TestTracker.Noon.AddDays(1) });

        Assert.Equal(ConsentState.Given, (await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddDays(9)))).Entry!.State);
    }

    [Fact]
    public async Task A_version_takes_effect_before_its_own_end()
    {
        var lastDay = TestTracker.Noon.AddYears(11);

        await RegisterAsync(An.Notice("2") with { EffectiveAt = lastDay });
        var refused = await Assert.ThrowsAsync<RefusalException>(() => RegisterAsync(An.Notice("3") with { EffectiveAt = lastDay.AddSeconds(1) }));

        Assert.Equal((RefusalReason.InvalidRequest, "effective_at"), (refused.Reason, Assert.Single(refused.Violations).Field));
    }

    [Fact]
    [Trait("Compliance", "E25")]
    public async Task A_version_of_the_last_day_there_is_that_is_stored_already_bars_no_consent_under_the_one_in_use()
    {
        var last = new DateTimeOffset(9999, 12, 31, 12, 0, 0, TimeSpan.Zero);
        await Tracker.Store.Notices.AddAsync(A.Notice(version: "2", until: TestTracker.Noon.AddYears(11), tenant: Tracker.Caller.Tenant) with { Language = "en", Medium = NoticeMedium.Written, EffectiveAt = last }, Cancellation);

        var given = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        var noted = await Tracker.Contacts.NoteSoftOptInAsync(Tracker.Caller, An.SoftOptIn(An.Ada), Cancellation);

        Assert.Equal((ConsentState.Given, ConsentState.Noted), (given.Entry!.State, noted.Entry!.State));
    }

    [Fact]
    public async Task A_version_that_nobody_registered_is_not_found()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Notices.GetAsync(Tracker.Caller, "privacy", "9", Cancellation));

        Assert.Equal(RefusalReason.NoticeNotFound, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-160")]
    [Trait("Compliance", "E42")]
    public async Task A_consent_given_to_another_controller_is_kept_as_what_it_is()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));
        var draft = An.Consent(Purpose.Profiling, An.Ada) with { NoticeId = "oldco" };

        var recorded = await RecordAsync(draft);
        var mismatch = await RefusedAsync(draft with { RequestId = "other", Controller = "newco" });

        Assert.Equal("oldco", recorded.Entry!.Controller);
        Assert.Equal(RefusalReason.ControllerMismatch, mismatch.Reason);
    }

    [Fact]
    [Trait("Compliance", "E31")]
    public async Task A_consent_given_to_another_controller_is_no_act_towards_us()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, id: "own"));
        var before = (await ControlAsync(An.Ada)).LastInteractionAt;
        Tracker.Time.Advance(TimeSpan.FromDays(3));

        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Tracker.Time.GetUtcNow(), "theirs") with { NoticeId = "oldco" });

        Assert.Equal(before, (await ControlAsync(An.Ada)).LastInteractionAt);
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    [Trait("Compliance", "C2")]
    public async Task A_consent_given_to_another_controller_by_somebody_of_whom_nothing_else_is_known_ends_by_its_own_silence()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada) with { NoticeId = "oldco" });
        var lapse = TestTracker.Noon.AddMonths(24);

        await Tracker.AdvanceToAsync(lapse.AddHours(1));

        var ledger = await LedgerAsync(An.Ada);
        Assert.Equal([ConsentState.Given, ConsentState.Expired], ledger.OrderBy(entry => entry.Sequence).Select(entry => entry.State));
        Assert.All(ledger, entry => Assert.NotNull(entry.ExpireAt));
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    [Trait("Compliance", "C2")]
    public async Task A_consent_given_to_another_controller_by_somebody_long_silent_ends_by_its_own_silence()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        var given = TestTracker.Noon.AddYears(3);
        GoTo(given);
        await RegisterAsync(An.NoticeOf(An.OldCo));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, given) with { NoticeId = "oldco" });

        await Tracker.AdvanceToAsync(given.AddMonths(24).AddHours(-1));
        var before = await LedgerAsync(An.Ada);
        await Tracker.AdvanceToAsync(given.AddMonths(24).AddHours(1));

        Assert.Equal(ConsentState.Given, Assert.Single(before).State);
        Assert.All(await LedgerAsync(An.Ada), entry => Assert.NotNull(entry.ExpireAt));
    }

    [Fact]
    public async Task A_notice_that_names_the_tenant_itself_names_nobody_else()
    {
        var recorded = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada) with { Controller = "demo" });

        Assert.Equal("", recorded.Entry!.Controller);
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task A_notice_that_names_no_controller_is_refused_by_field()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => RegisterAsync(An.Notice("2") with { Scope = new() }));

        Assert.Equal((RefusalReason.InvalidRequest, "controller"), (refused.Reason, Assert.Single(refused.Violations).Field));
    }

    [Fact]
    [Trait("Compliance", "R-160")]
    public async Task Under_a_notice_from_before_controllers_were_asked_for_nothing_is_given_to_another_than_the_tenant()
    {
        await Tracker.Store.Notices.AddAsync(A.Notice("early", until: TestTracker.Noon.AddYears(11), tenant: Tracker.Caller.Tenant), Cancellation);
        var draft = An.Consent(Purpose.Profiling, An.Ada) with { NoticeId = "early" };

        Assert.Equal((RefusalReason.ControllerMismatch, "controller"), await WhyAsync(draft with { Controller = "oldco" }));
        Assert.Equal("", (await RecordAsync(draft with { Controller = "demo" })).Entry!.Controller);
    }

    private async Task<(RefusalReason Reason, string Field)> WhyAsync(ConsentDraft draft)
    {
        var refused = await RefusedAsync(draft);
        return (refused.Reason, Assert.Single(refused.Violations).Field);
    }

    private Task<PermissionAnswer> CheckAsync(PermissionQuestion question) => Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), question, Cancellation);
}
