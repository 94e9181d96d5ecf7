using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class RegisterOfObjectionsTests
{
    private static readonly DateTimeOffset Listed = Ask.Now.AddDays(-5);
    private static readonly ConsentSpan Before = Ask.Consent(medium: ContactChannel.PhoneOperator);
    private static readonly ConsentSpan After = Before with { Id = ConsentId.New(Ask.Now), From = Listed.AddDays(1) };

    [Fact]
    [Trait("Compliance", "R-157")]
    public void A_call_needs_consent_and_a_look_into_the_register()
    {
        var verdict = Call(new(Ask.Now.AddDays(-1), null), Ask.Lead, Before).For(Purpose.DirectMarketing);

        Assert.Equal(EPrivacyGround.RpoChecked1303Bis, verdict.Ground);
        Assert.Equal(Reason.RpoStale, Call(null, Ask.Lead, Before).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.ConsentMissing, Call(new(Ask.Now, null), Ask.Lead).Why(Purpose.DirectMarketing));
    }

    [Theory]
    [Trait("Compliance", "R-157")]
    [InlineData(14, Reason.None)]
    [InlineData(15, Reason.RpoStale)]
    public void A_look_counts_for_fifteen_days(int days, Reason reason) =>
        Assert.Equal(reason, Call(new(Ask.Now.AddDays(-days), null), Ask.Lead, Before).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "R-157")]
    [Trait("Compliance", "E41")]
    public void An_entry_cancels_the_consents_before_it_and_none_after_it()
    {
        var register = new RegisterCheck(Ask.Now.AddDays(-1), Listed);

        Assert.Equal(Reason.RpoListed, Call(register, Ask.Lead, Before).Why(Purpose.DirectMarketing));
        Assert.Equal([$"{After.Id}"], Call(register, Ask.Lead, Before, After).For(Purpose.DirectMarketing).EvidenceIds);
    }

    [Fact]
    [Trait("Compliance", "R-157")]
    [Trait("Compliance", "E18")]
    public void A_consent_of_the_very_instant_of_the_entry_is_not_newer_than_it() =>
        Assert.Equal(Reason.RpoListed, Call(new(Ask.Now.AddDays(-1), Before.From), Ask.Lead, Before).Why(Purpose.DirectMarketing));

    [Theory]
    [Trait("Compliance", "R-157")]
    [Trait("Compliance", "E41")]
    [InlineData(null, Reason.None)]
    [InlineData(29, Reason.None)]
    [InlineData(31, Reason.RpoListed)]
    public void A_contract_in_force_or_just_ended_outweighs_an_entry(int? endedDaysAgo, Reason reason)
    {
        var facts = Ask.Lead with { ContractStartedAt = Ask.Now.AddYears(-1), ContractEndedAt = endedDaysAgo is { } days ? Ask.Now.AddDays(-days) : null };

        Assert.Equal(reason, Call(new(Ask.Now.AddDays(-1), Listed), facts, Before).Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "E41")]
    public void An_entry_leaves_consent_to_e_mail_alone()
    {
        var question = Call(new(Ask.Now.AddDays(-1), Listed), Ask.Lead, Ask.Consent()).By(ContactChannel.Email);

        Assert.Equal(Reason.None, question.Why(Purpose.DirectMarketing));
    }

    private static GateQuestion Call(RegisterCheck? register, Facts facts, params ConsentSpan[] consents)
    {
        var question = Ask.About(facts, consents).By(ContactChannel.PhoneOperator);
        return question with { History = question.History with { Register = register } };
    }
}
