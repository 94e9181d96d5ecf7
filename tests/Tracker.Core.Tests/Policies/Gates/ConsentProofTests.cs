using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class ConsentProofTests
{
    [Theory]
    [Trait("Compliance", "R-020")]
    [InlineData(ContactChannel.Sms)]
    [InlineData(ContactChannel.Push)]
    [InlineData(ContactChannel.Im)]
    [InlineData(ContactChannel.AutoCall)]
    [InlineData(ContactChannel.Post)]
    [InlineData(ContactChannel.WebOnsite)]
    public void A_consent_to_e_mail_covers_no_other_medium(ContactChannel medium)
    {
        var question = Ask.About(Ask.Lead, Ask.Consent());

        Assert.Equal(Reason.ConsentScope, question.By(medium).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.None, question.By(ContactChannel.Email).Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "R-020")]
    public void A_consent_for_one_recipient_covers_no_other_and_there_are_no_wildcards()
    {
        var question = Ask.About(Ask.Lead, Ask.Consent(Purpose.ThirdPartySharing) with { Recipient = "partner-a" });

        Assert.Equal(Reason.None, (question with { Recipient = "partner-a" }).Why(Purpose.ThirdPartySharing));
        Assert.Equal(Reason.ConsentScope, (question with { Recipient = "partner-b" }).Why(Purpose.ThirdPartySharing));
        Assert.Equal(Reason.ConsentScope, question.Why(Purpose.ThirdPartySharing));
    }

    [Fact]
    [Trait("Compliance", "R-160")]
    [Trait("Compliance", "E42")]
    public void A_consent_given_to_a_company_that_was_bought_is_of_no_use_to_the_buyer()
    {
        var question = Ask.About(Ask.Lead, Ask.Consent() with { Controller = "OldCo" });

        Assert.Equal(Reason.ControllerMismatch, question.By(ContactChannel.Email).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.ControllerMismatch, question.Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public void A_consent_that_waits_for_its_confirmation_permits_nothing() =>
        Assert.Equal(Reason.ConsentPending, Ask.About(Ask.Lead, Ask.Consent() with { IsPending = true }).Why(Purpose.DirectMarketing));

    [Fact]
    public void One_that_was_never_confirmed_has_expired() =>
        Assert.Equal(Reason.ConsentExpired, Ask.About(Ask.Lead, Ask.Consent() with { IsPending = true, Until = Ask.Now.AddDays(-1) }).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "E04")]
    public void A_consent_covers_nothing_that_happened_before_it() =>
        Assert.Equal(Reason.ConsentNotRetroactive, Ask.About(Ask.Lead, Ask.Consent() with { From = Ask.Now.AddMinutes(-1) }).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "E04")]
    public void Of_a_consent_that_came_after_the_contact_and_is_withdrawn_since_the_contact_is_told_first() => Assert.Equal(
        Reason.ConsentNotRetroactive,
        Ask.About(Ask.Lead, (Ask.Consent() with { From = Ask.Now.AddMinutes(-5) }).Withdrawn(Ask.Now.AddMinutes(-1))).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "E05")]
    public void Given_withdrawn_and_given_again_around_a_contact_does_not_cover_it()
    {
        var question = Ask.About(
            Ask.Lead,
            Ask.Consent().Withdrawn(Ask.Now.AddMinutes(-30)),
            Ask.Consent() with { From = Ask.Now.AddMinutes(-20) });

        Assert.Equal(Reason.WithdrawalIntervened, question.Why(Purpose.DirectMarketing));
    }

    [Fact]
    public void Withdrawn_before_the_contact_and_given_again_after_it_is_late_and_not_in_between()
    {
        var question = Ask.About(
            Ask.Lead,
            Ask.Consent().Withdrawn(Ask.Now.AddDays(-2)),
            Ask.Consent() with { From = Ask.Now.AddMinutes(-20) });

        Assert.Equal(Reason.ConsentNotRetroactive, question.Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "E01")]
    [Trait("Compliance", "E03")]
    public void A_contact_from_before_a_withdrawal_is_not_kept_after_it()
    {
        var withdrawn = Ask.Consent().Withdrawn(Ask.Now.AddMinutes(-30));

        Assert.Equal(Reason.ConsentWithdrawn, Ask.About(Ask.Customer, withdrawn).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.None, Ask.About(Ask.Customer, withdrawn).Of("purchase.completed").Why(Purpose.OrderFulfilment));
    }

    [Theory]
    [InlineData(SpanEnd.Withdrawn, Reason.ConsentWithdrawn)]
    [InlineData(SpanEnd.Revoked, Reason.ConsentWithdrawn)]
    [InlineData(SpanEnd.Invalidated, Reason.ConsentWithdrawn)]
    [InlineData(SpanEnd.Time, Reason.ConsentExpired)]
    public void An_ended_consent_tells_how_it_ended(SpanEnd end, Reason reason)
    {
        var ended = Ask.Consent() with { Until = Ask.Now.AddMinutes(-30), End = end };

        Assert.Equal(reason, Ask.About(Ask.Lead, ended).Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "E18")]
    public void Given_and_withdrawn_in_the_same_millisecond_is_not_given()
    {
        var consent = Ask.Consent();

        Assert.Equal(Reason.ConsentWithdrawn, Ask.About(Ask.Lead, consent.Withdrawn(consent.From)).Why(Purpose.DirectMarketing));
    }

    [Fact]
    public void All_consents_that_cover_it_are_its_proof_and_the_last_to_end_ends_it()
    {
        var (email, sms) = (Ask.Consent(), Ask.Consent(medium: ContactChannel.Sms) with { Until = Ask.Now.AddDays(20) });

        var verdict = Ask.About(Ask.Lead, email, sms).For(Purpose.DirectMarketing);

        Assert.Equal([$"{email.Id}", $"{sms.Id}"], verdict.EvidenceIds);
        Assert.Equal(sms.Until, verdict.ConsentUntil);
    }

    [Fact]
    public void Two_consents_to_one_purpose_are_both_named()
    {
        var (first, second) = (Ask.Consent(Purpose.Profiling), Ask.Consent(Purpose.Profiling) with { Until = Ask.Now.AddDays(20) });

        var verdict = Ask.About(Ask.Lead, first, second).For(Purpose.Profiling);

        Assert.Equal([$"{first.Id}", $"{second.Id}"], verdict.EvidenceIds);
        Assert.Equal(second.Until, verdict.ConsentUntil);
    }

    [Fact]
    [Trait("Compliance", "R-020")]
    public void An_audience_on_a_platform_needs_consent_to_marketing_there_and_to_sharing_with_it()
    {
        var marketing = Ask.Consent(medium: ContactChannel.SocialAudience);
        var sharing = Ask.Consent(Purpose.ThirdPartySharing) with { Recipient = "platform", Until = Ask.Now.AddDays(5) };
        var upload = Ask.About(Ask.Lead, marketing, sharing).By(ContactChannel.SocialAudience) with { Recipient = "platform" };

        var verdict = upload.For(Purpose.DirectMarketing);

        Assert.Equal([$"{marketing.Id}", $"{sharing.Id}"], verdict.EvidenceIds);
        Assert.Equal(sharing.Until, verdict.ConsentUntil);
        Assert.Equal(Reason.None, upload.Why(Purpose.ThirdPartySharing));
    }

    [Theory]
    [Trait("Compliance", "R-020")]
    [InlineData(Purpose.DirectMarketing)]
    [InlineData(Purpose.ThirdPartySharing)]
    public void One_of_the_two_alone_permits_no_audience(Purpose given)
    {
        var alone = given == Purpose.DirectMarketing
            ? Ask.Consent(medium: ContactChannel.SocialAudience)
            : Ask.Consent(Purpose.ThirdPartySharing) with { Recipient = "platform" };
        var upload = Ask.About(Ask.Lead, alone).By(ContactChannel.SocialAudience) with { Recipient = "platform" };

        Assert.Equal(Reason.ConsentMissing, upload.Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.ConsentMissing, upload.Why(Purpose.ThirdPartySharing));
    }

    [Fact]
    public void A_consent_to_marketing_never_covers_analytics() =>
        Assert.Equal(Reason.ConsentMissing, Ask.About(Ask.Lead, Ask.Consent()).Why(Purpose.Analytics));

    [Fact]
    [Trait("Compliance", "R-154")]
    public void Tracking_of_e_mails_is_permitted_apart_from_the_e_mails()
    {
        var (marketing, tracking) = (Ask.Consent(), Ask.Consent(Purpose.EmailTracking));

        Assert.Equal(Reason.ConsentMissing, Ask.About(Ask.Lead, marketing).Of("email.opened").Why(Purpose.EmailTracking));
        Assert.Equal(Reason.ConsentWithdrawn, Ask.About(Ask.Lead, marketing, tracking.Withdrawn(Ask.Now.AddDays(-1))).Why(Purpose.EmailTracking));
        Assert.Equal(Reason.None, Ask.About(Ask.Lead, marketing, tracking.Withdrawn(Ask.Now.AddDays(-1))).By(ContactChannel.Email).Why(Purpose.DirectMarketing));
    }

    [Theory]
    [InlineData(ContactChannel.Email)]
    [InlineData(ContactChannel.Sms)]
    [InlineData(ContactChannel.Push)]
    [InlineData(ContactChannel.AutoCall)]
    public void Who_has_given_no_consent_gets_no_marketing_by_any_electronic_medium(ContactChannel medium) =>
        Assert.Equal(Reason.ConsentMissing, Ask.About(Ask.Lead).By(medium).Why(Purpose.DirectMarketing));
}
