using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class ChildrenTests
{
    private static readonly ConsentSpan Own = Ask.Consent();
    private static readonly ConsentSpan Guardian = Own with { IsByGuardian = true };

    [Theory]
    [Trait("Compliance", "R-043")]
    [InlineData(13, Reason.GuardianRequired)]
    [InlineData(14, Reason.None)]
    public void In_italy_a_child_decides_alone_from_fourteen(int years, Reason reason) =>
        Assert.Equal(reason, Of(years, "IT", Own).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "R-043")]
    public void A_guardian_decides_for_a_younger_child() =>
        Assert.Equal(Reason.None, Of(9, "IT", Guardian).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "R-043")]
    [Trait("Compliance", "E14")]
    public void What_a_child_gave_alone_does_not_become_valid_by_growing_up()
    {
        var longAgo = Own with { From = Ask.Now.AddYears(-2) };

        Assert.Equal(Reason.GuardianRequired, Of(15, "IT", longAgo).Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "R-044")]
    [Trait("Compliance", "E12")]
    public void What_a_guardian_gave_stays_valid_after_the_birthday()
    {
        var longAgo = Guardian with { From = Ask.Now.AddYears(-2) };

        Assert.Equal(Reason.None, Of(15, "IT", longAgo).Why(Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public void A_family_that_moves_to_germany_is_asked_by_german_rules()
    {
        Assert.Equal(Reason.None, Of(15, "IT", Own).Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.GuardianRequired, Of(15, "DE", Own).Why(Purpose.DirectMarketing));
    }

    [Theory]
    [InlineData(17, Reason.GuardianRequired)]
    [InlineData(18, Reason.None)]
    public void On_paper_and_in_the_shop_one_decides_alone_from_eighteen(int years, Reason reason) =>
        Assert.Equal(reason, Of(years, "IT", Own with { IsOffline = true }).Why(Purpose.DirectMarketing));

    [Theory]
    [Trait("Compliance", "R-045")]
    [InlineData(Purpose.Profiling)]
    [InlineData(Purpose.Personalisation)]
    public void A_minor_is_not_profiled_even_with_consent(Purpose purpose)
    {
        Assert.Equal(Reason.MinorProfiling, Of(15, "IT", Ask.Consent(purpose)).Why(purpose));
        Assert.Equal(Reason.MinorProfiling, Of(17, "IT", Ask.Consent(purpose) with { IsByGuardian = true }).Why(purpose));
        Assert.Equal(Reason.None, Of(18, "IT", Ask.Consent(purpose)).Why(purpose));
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public void What_was_seen_of_a_minor_is_not_profiled_after_the_birthday_either()
    {
        var question = Ask.About(Ask.Lead, Ask.Consent(Purpose.Profiling)) with { Age = new(new(2008, 11, 23), "IT"), OccurredAt = Ask.Now.AddDays(-1) };

        Assert.Equal(Reason.MinorProfiling, question.Why(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E15")]
    public void Of_unknown_age_on_a_service_for_children_is_a_child()
    {
        var question = Ask.About(Ask.Lead, Own, Ask.Consent(Purpose.Profiling)) with { IsChildDirected = true };

        Assert.Equal(Reason.GuardianRequired, question.Why(Purpose.DirectMarketing));
        Assert.Equal(Reason.MinorProfiling, question.Why(Purpose.Profiling));
        Assert.Equal(Reason.None, (question with { IsChildDirected = false }).Why(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E15")]
    public void An_adult_on_a_service_for_children_is_an_adult() =>
        Assert.Equal(Reason.None, (Of(40, "IT", Own) with { IsChildDirected = true }).Why(Purpose.DirectMarketing));

    [Theory]
    [InlineData(null, true, false)]
    [InlineData(null, false, true)]
    [InlineData(15, true, false)]
    [InlineData(40, true, true)]
    [Trait("Compliance", "E15")]
    [Trait("Compliance", "R-045")]
    public void What_is_kept_of_a_source_is_judged_as_the_gate_judges_it(int? years, bool isChildDirected, bool isLawful)
    {
        var (age, consent) = (years is { } known ? new SubjectAge(new(2026 - known, 11, 13), "IT") : null, Ask.Consent(Purpose.Profiling) with { IsByGuardian = years is null or < 18 });
        var question = Ask.About(Ask.Lead, consent) with { Age = age, IsChildDirected = isChildDirected };
        var grant = new Grant(Purpose.Profiling, LegalBasis.Consent, EPrivacyGround.Consent122, [$"{consent.Id}"], "IT-PRO-1", Ask.Now.AddMonths(12)) { IsChildDirected = isChildDirected };

        var ends = new GrantEnds(Ask.Strict, Ask.Lead, question.History, age);

        Assert.Equal(isLawful ? Reason.None : Reason.MinorProfiling, question.Why(Purpose.Profiling));
        Assert.Equal(!isLawful, ends.IsBarredByAge(grant, question.OccurredAt));
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData(null, false, true)]
    [InlineData(40, true, true)]
    [Trait("Compliance", "E15")]
    [Trait("Compliance", "R-043")]
    public void A_consent_that_carries_what_is_kept_of_a_source_is_judged_as_the_gate_judges_it(int? years, bool isChildDirected, bool isLawful)
    {
        var age = years is { } known ? new SubjectAge(new(2026 - known, 11, 13), "IT") : null;
        var question = Ask.About(Ask.Lead, Own) with { Age = age, IsChildDirected = isChildDirected };
        var grant = new Grant(Purpose.DirectMarketing, LegalBasis.Consent, EPrivacyGround.Consent130, [$"{Own.Id}"], "IT-MKT-2", Ask.Now.AddMonths(12)) { IsChildDirected = isChildDirected };

        var ends = new GrantEnds(Ask.Strict, Ask.Lead, question.History, age);

        Assert.Equal(isLawful ? Reason.None : Reason.GuardianRequired, question.Why(Purpose.DirectMarketing));
        Assert.Equal(isLawful, ends.IsConsentInForce(grant, Ask.Now));
    }

    /// <summary>As old as that since ten days.</summary>
    private static GateQuestion Of(int years, string country, params ConsentSpan[] consents) =>
        Ask.About(Ask.Lead, consents) with { Age = new(new(2026 - years, 11, 13), country) };
}
