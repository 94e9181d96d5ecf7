using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class ObjectionLedgerTests : LedgerTests
{
    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task An_objection_stands_again_when_what_took_it_back_years_ago_is_found_to_be_void()
    {
        await ObjectAsync(Purpose.DirectMarketing, An.Ada);
        Advance(TimeSpan.FromDays(30));
        var given = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now, "paper"));
        for (var year = 0; year < 6; year++)
        {
            Advance(TimeSpan.FromDays(365));
            await Tracker.RecordAsync(An.Order($"order-{year}", An.Ada, Now));
            await Tracker.AdvanceToAsync(Now);
        }

        await Tracker.Closing.CloseAsync(Tracker.Caller, new() { RequestId = "void", Profile = new(null, An.Ada), Consent = given.Entry!.Id, State = ConsentState.Invalidated, Reason = EndReason.EvidenceVoid, AuthorityReference = "ticket-7" }, Cancellation);

        Assert.Contains(await LedgerAsync(An.Ada), entry => entry.State == ConsentState.Objected);
        Assert.Equal(Reason.Objected, (await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), Purpose.DirectMarketing, ContactChannel.Email, Cancellation)).Reason);
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task From_an_objection_on_no_consent_to_marketing_counts()
    {
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        Advance(TimeSpan.FromDays(1));

        var objected = await ObjectAsync(Purpose.DirectMarketing, An.Ada);

        Assert.Equal((LedgerKind.Objection, ConsentState.Objected, 2L), (objected.Entry!.Kind, objected.Entry.State, objected.ConsentEpoch));
        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    [Trait("Compliance", "R-020")]
    public async Task A_new_consent_to_marketing_revives_no_consent_to_what_the_objection_reached()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        Advance(TimeSpan.FromDays(1));
        var objected = await ObjectAsync(Purpose.DirectMarketing, An.Ada);
        Advance(TimeSpan.FromDays(1));

        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now));

        Assert.True(await MayAsync(Purpose.DirectMarketing, An.Ada));
        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
        var standing = await StandingAsync(Purpose.Profiling, Now);
        Assert.Equal((false, ConsentState.Objected, objected.Entry!.Id), (standing.IsValid, standing.State, standing.EndedBy?.Id));
        Assert.NotNull(standing.Entry!.ExpireAt);

        Advance(TimeSpan.FromDays(1));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "again"));
        Assert.True(await MayAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    [Trait("Compliance", "R-160")]
    public async Task A_consent_to_another_company_ends_no_objection_to_us()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));
        await ObjectAsync(Purpose.DirectMarketing, An.Ada);
        Advance(TimeSpan.FromDays(1));

        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now) with { NoticeId = "oldco" });

        var asked = await Tracker.Prompts.CheckAsync(Tracker.Caller, new(null, An.Ada), Purpose.DirectMarketing, ContactChannel.Email, Cancellation);
        Assert.Equal(PromptReason.Objected, asked.Reason);
    }

    [Fact]
    public async Task Media_are_named_in_an_objection_to_marketing_only()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => ObjectAsync(Purpose.FraudSecurity, An.Ada, "o", ContactChannel.Email));

        Assert.Equal("contact_channels", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task An_objection_of_somebody_unknown_is_remembered()
    {
        await ObjectAsync(Purpose.DirectMarketing, An.Ada);
        Advance(TimeSpan.FromHours(1));

        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, TestTracker.Noon.AddDays(-1)));

        Assert.False(await MayAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-075")]
    public async Task An_objection_is_decided_once_its_grounds_are_written_down()
    {
        var objected = await ObjectAsync(Purpose.FraudSecurity, An.Ada);
        var draft = new ObjectionDecisionDraft { RequestId = "d", Profile = new(null, An.Ada), Objection = objected.Entry!.Id, Decision = ConsentState.ObjectionRejected };

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Objections.DecideAsync(Tracker.Caller, draft, Cancellation));
        var decided = await Tracker.Objections.DecideAsync(Tracker.Caller, draft with { GroundsReference = "case-9" }, Cancellation);

        Assert.Equal("grounds_reference", Assert.Single(refused.Violations).Field);
        Assert.Equal((objected.Entry.Id, DecisionActor.Controller, "case-9"), (decided.Entry!.RefersTo, decided.Entry.Actor, decided.Entry.AuthorityReference));
    }

    [Theory]
    [InlineData(Purpose.DirectMarketing)]
    [InlineData(Purpose.Profiling)]
    [InlineData(Purpose.Personalisation)]
    [Trait("Compliance", "R-076")]
    public async Task Nobody_decides_on_an_objection_to_marketing_or_to_what_belongs_to_it(Purpose purpose)
    {
        var objected = await ObjectAsync(purpose, An.Ada);
        var draft = new ObjectionDecisionDraft { RequestId = "d", Profile = new(null, An.Ada), Objection = objected.Entry!.Id, Decision = ConsentState.ObjectionRejected, GroundsReference = "x" };

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Objections.DecideAsync(Tracker.Caller, draft, Cancellation));

        Assert.Equal("objection_id", Assert.Single(refused.Violations).Field);
        Assert.Equal(PromptReason.Objected, (await Tracker.Prompts.CheckAsync(Tracker.Caller, new(null, An.Ada), purpose, ContactChannel.Unspecified, Cancellation)).Reason);
    }

    [Fact]
    [Trait("Compliance", "R-075")]
    public async Task A_rejected_objection_revives_no_consent_that_it_ended()
    {
        await RecordAsync(An.Consent(Purpose.CustomerCare, An.Ada));
        var before = await MayAsync(Purpose.CustomerCare, An.Ada);
        Advance(TimeSpan.FromDays(1));
        var objected = await ObjectAsync(Purpose.CustomerCare, An.Ada);
        Advance(TimeSpan.FromDays(1));

        await Tracker.Objections.DecideAsync(
            Tracker.Caller,
            new() { RequestId = "d", Profile = new(null, An.Ada), Objection = objected.Entry!.Id, Decision = ConsentState.ObjectionRejected, GroundsReference = "x" },
            Cancellation);

        Assert.True(before);
        Assert.False(await MayAsync(Purpose.CustomerCare, An.Ada));
        Assert.False(await CountsAsync(Purpose.CustomerCare, An.Ada));
    }

    [Theory]
    [InlineData("time")]
    [InlineData("medium")]
    [InlineData("purpose")]
    [Trait("Compliance", "R-076")]
    public async Task An_objection_that_differs_from_the_first_of_its_request_is_refused_and_not_lost(string what)
    {
        var first = new ObjectionDraft { RequestId = "o", Profile = new(null, An.Ada), Purpose = Purpose.DirectMarketing, ObjectedAt = Now };
        await Tracker.Objections.ObjectAsync(Tracker.Caller, first, Cancellation);
        Advance(TimeSpan.FromDays(1));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Objections.ObjectAsync(
            Tracker.Caller,
            what switch
            {
                "time" => first with { ObjectedAt = Now },
                "medium" => first with { ContactChannels = [ContactChannel.Email] },
                _ => first with { Purpose = Purpose.Profiling },
            },
            Cancellation));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
        Assert.True((await Tracker.Objections.ObjectAsync(Tracker.Caller, first, Cancellation)).IsRepeat);
    }

    [Fact]
    [Trait("Compliance", "R-075")]
    public async Task A_decision_on_other_grounds_than_the_first_of_its_request_is_refused()
    {
        var objected = await ObjectAsync(Purpose.FraudSecurity, An.Ada);
        var first = new ObjectionDecisionDraft
        {
            RequestId = "d",
            Profile = new(null, An.Ada),
            Objection = objected.Entry!.Id,
            Decision = ConsentState.ObjectionRejected,
            GroundsReference = "case-9",
        };
        await Tracker.Objections.DecideAsync(Tracker.Caller, first, Cancellation);

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Objections.DecideAsync(Tracker.Caller, first with { GroundsReference = "case-10" }, Cancellation));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
        Assert.True((await Tracker.Objections.DecideAsync(Tracker.Caller, first, Cancellation)).IsRepeat);
    }

    [Fact]
    public async Task An_objection_is_kept_on_a_lease_of_ten_years_and_looked_at_every_year()
    {
        var objected = await ObjectAsync(Purpose.DirectMarketing, An.Ada);

        var due = await Tracker.Store.Errands.ReadDueAsync(TestTracker.Noon.AddYears(5), 10, Cancellation);

        Assert.Equal(TestTracker.Noon.AddYears(10), objected.Entry!.ExpireAt);
        Assert.Contains(due, errand => errand.DueAt == TestTracker.Noon.AddYears(1));
    }

    [Theory]
    [InlineData(Purpose.OrderFulfilment)]
    [InlineData(Purpose.AccountingTax)]
    [InlineData(Purpose.ServiceDelivery)]
    [InlineData(Purpose.ThirdPartySharing)]
    [Trait("Compliance", "R-075")]
    public async Task An_objection_to_what_rests_on_a_contract_a_duty_or_consent_alone_is_refused_and_not_noted(Purpose purpose)
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ObjectAsync(purpose, An.Ada));

        var violation = Assert.Single(refused.Violations);
        Assert.Equal((RefusalReason.NotObjectable, "purpose"), (refused.Reason, violation.Field));
        Assert.Contains(
            "may be objected to: DIRECT_MARKETING, PROFILING, PERSONALISATION, CUSTOMER_CARE, CREDIT_RISK, LEGAL_CLAIMS, FRAUD_SECURITY", violation.Description, StringComparison.Ordinal);
        Assert.Single(await LedgerAsync(An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-157")]
    public async Task A_look_into_the_register_is_noted_of_people_we_know_only()
    {
        var draft = new RegisterCheckDraft { RequestId = "r", Profile = new(null, An.Ada), CheckedAt = TestTracker.Noon, ListedSince = TestTracker.Noon.AddDays(-3) };

        var refused = await Assert.ThrowsAsync<RefusalException>(() => Tracker.Contacts.NoteRegisterCheckAsync(Tracker.Caller, draft, Cancellation));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.PhoneOperator));
        var noted = await Tracker.Contacts.NoteRegisterCheckAsync(Tracker.Caller, draft, Cancellation);

        Assert.Equal(RefusalReason.ProfileNotFound, refused.Reason);
        Assert.Equal((ConsentState.Checked, TestTracker.Noon.AddDays(-3)), (noted.Entry!.State, noted.Entry.ListedSince));
    }

    [Fact]
    [Trait("Compliance", "R-157")]
    public async Task A_later_look_under_the_request_id_of_an_earlier_one_is_refused_and_not_lost()
    {
        var draft = new RegisterCheckDraft { RequestId = "r", Profile = new(null, An.Ada), CheckedAt = TestTracker.Noon };
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.PhoneOperator));
        await Tracker.Contacts.NoteRegisterCheckAsync(Tracker.Caller, draft, Cancellation);
        Advance(TimeSpan.FromDays(1));

        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            Tracker.Contacts.NoteRegisterCheckAsync(Tracker.Caller, draft with { CheckedAt = Now }, Cancellation));

        Assert.Equal("request_id", Assert.Single(refused.Violations).Field);
        Assert.True((await Tracker.Contacts.NoteRegisterCheckAsync(Tracker.Caller, draft, Cancellation)).IsRepeat);
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task An_objection_to_each_medium_ends_as_much_as_one_to_all()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        await Tracker.RecordAsync(An.Newsletter());
        Advance(TimeSpan.FromMinutes(1));

        await ObjectAsync(Purpose.DirectMarketing, An.Ada, channels: [.. Enum.GetValues<ContactChannel>().Skip(1)]);
        await Tracker.ReviewAsync(An.Ada);

        Assert.Empty((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Grants.Any(grant => grant.Purpose == Purpose.DirectMarketing));
    }
}
