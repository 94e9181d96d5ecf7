using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class RegisterOfObjectionsTests
{
    private static readonly ConsentSpan Consent = Ask.Consent(medium: ContactChannel.PhoneOperator);

    [Fact]
    [Trait("Compliance", "R-157")]
    public void A_call_needs_consent_and_a_look_into_the_register()
    {
        var verdict = Call(new(Ask.Now.AddDays(-1)), Ask.Lead, Consent).For(Purpose.DirectMarketing);

        Assert.Equal(EPrivacyGround.RpoChecked1303Bis, verdict.Ground);
        Assert.Equal(Reason.RpoStale, Call(null, Ask.Lead, Consent).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.ConsentMissing, Call(new(Ask.Now), Ask.Lead).Why(Purpose.DirectMarketing));
    }

    [Theory]
    [Trait("Compliance", "R-157")]
    [InlineData(14, Reason.None)]
    [InlineData(15, Reason.RpoStale)]
    public void A_look_counts_for_fifteen_days(int days, Reason reason) =>
        Assert.Equal(reason, Call(new(Ask.Now.AddDays(-days)), Ask.Lead, Consent).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "R-157")]
    public void What_an_entry_cancelled_is_told_by_its_own_reason() => Assert.Equal(
        Reason.RpoListed,
        Call(new(Ask.Now.AddDays(-1)), Ask.Lead, Consent with { Until = Ask.Now.AddDays(-5), End = SpanEnd.Cancelled }).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "R-157")]
    public void A_call_that_nobody_looked_up_before_is_made_good_by_no_later_look()
    {
        var call = Call(new(Ask.Now.AddMinutes(-1)), Ask.Lead, Consent);

        Assert.Equal(Reason.RpoStale, call.Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.None, Looked(call, Ask.Now.AddMinutes(-1), Ask.Now.AddDays(-15)).Why(Purpose.DirectMarketing));
    }

    private static GateQuestion Looked(GateQuestion question, params DateTimeOffset[] looks) =>
        question with { History = question.History with { RegisterChecks = [.. looks.Select(at => new RegisterCheck(at))] } };

    private static GateQuestion Call(RegisterCheck? register, Facts facts, params ConsentSpan[] consents)
    {
        var question = Ask.About(facts, consents).By(ContactChannel.PhoneOperator);
        return register is null ? question : Looked(question, register.CheckedAt);
    }
}
