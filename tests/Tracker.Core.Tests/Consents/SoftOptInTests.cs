using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class SoftOptInTests : LedgerTests
{
    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task A_soft_opt_in_is_noted_with_its_terms_and_the_notice_that_told_of_it()
    {
        var noted = (await NoteAsync(An.SoftOptIn(An.Ada) with { Identifiers = [An.Ada, An.Bob] })).Entry!;

        Assert.Equal((ConsentState.Noted, new SoftOptInTerms(true, true, true)), (noted.State, noted.SoftOptIn));
        Assert.Equal(("privacy", "1", TestTracker.Noon), (noted.NoticeId, noted.NoticeVersion, noted.NoticeShownAt));
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task A_soft_opt_in_without_an_e_mail_address_is_none() =>
        Assert.Equal(["identifiers"], await FieldsAsync(An.SoftOptIn(An.Bob)));

    [Theory]
    [InlineData(false, true, true, "terms.address_from_subject")]
    [InlineData(true, false, true, "terms.in_sale")]
    [InlineData(true, true, false, "terms.informed")]
    [Trait("Compliance", "R-156")]
    public async Task An_address_that_lacks_a_condition_is_not_noted(bool isFromSubject, bool isSale, bool wasInformed, string field)
    {
        Assert.Equal([field], await FieldsAsync(An.SoftOptIn(An.Ada) with { Terms = new(isFromSubject, isSale, wasInformed) }));
        Assert.Null(await Tracker.Lookup.FindAsync(Tracker.Caller, new(null, An.Ada), Cancellation));
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task Terms_and_notice_that_are_not_stated_are_named_at_once() => Assert.Equal(
        ["terms", "notice_id", "notice_version", "notice_shown_at"],
        await FieldsAsync(new() { RequestId = "s", Identifiers = [An.Ada], GivenAt = TestTracker.Noon }));

    [Fact]
    public async Task A_soft_opt_in_of_another_instant_under_the_same_request_id_is_refused()
    {
        await NoteAsync(An.SoftOptIn(An.Ada));
        Advance(TimeSpan.FromDays(1));

        Assert.Equal(["request_id"], await FieldsAsync(An.SoftOptIn(An.Ada, Now)));
        Assert.True((await NoteAsync(An.SoftOptIn(An.Ada))).IsRepeat);
    }

    [Fact]
    [Trait("Compliance", "R-006")]
    public async Task The_notice_of_a_soft_opt_in_was_shown_before_the_address_was_given()
    {
        var refused = await RefusedAsync(An.SoftOptIn(An.Ada) with { NoticeShownAt = TestTracker.Noon.AddSeconds(1) });

        Assert.Equal((RefusalReason.NoticeNotPrior, "notice_shown_at"), (refused.Reason, Assert.Single(refused.Violations).Field));
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task The_notice_of_a_soft_opt_in_tells_of_marketing_by_mail()
    {
        await RegisterAsync(An.Notice() with { Id = "orders", Purposes = [Purpose.OrderFulfilment] });
        await RegisterAsync(An.Notice() with { Id = "post", Scope = An.Notice().Scope with { ContactChannels = [ContactChannel.Post] } });

        var purpose = await RefusedAsync(An.SoftOptIn(An.Ada) with { NoticeId = "orders" });
        var medium = await RefusedAsync(An.SoftOptIn(An.Ada) with { NoticeId = "post" });

        Assert.Equal((RefusalReason.NotGranular, "purpose"), (purpose.Reason, Assert.Single(purpose.Violations).Field));
        Assert.Equal((RefusalReason.NotGranular, "contact_channels"), (medium.Reason, Assert.Single(medium.Violations).Field));
    }

    [Fact]
    [Trait("Compliance", "R-160")]
    public async Task An_address_that_was_given_to_another_company_is_no_soft_opt_in_of_ours()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));

        var refused = await RefusedAsync(An.SoftOptIn(An.Ada) with { NoticeId = "oldco" });

        Assert.Equal((RefusalReason.ControllerMismatch, "notice_id"), (refused.Reason, Assert.Single(refused.Violations).Field));
        Assert.Null(await Tracker.Lookup.FindAsync(Tracker.Caller, new(null, An.Ada), Cancellation));
    }

    private Task<ConsentAppended> NoteAsync(SoftOptInDraft draft) => Tracker.Contacts.NoteSoftOptInAsync(Tracker.Caller, draft, Cancellation);

    private Task<RefusalException> RefusedAsync(SoftOptInDraft draft) => Assert.ThrowsAsync<RefusalException>(() => NoteAsync(draft));

    private async Task<IEnumerable<string>> FieldsAsync(SoftOptInDraft draft) => (await RefusedAsync(draft)).Violations.Select(violation => violation.Field);
}
