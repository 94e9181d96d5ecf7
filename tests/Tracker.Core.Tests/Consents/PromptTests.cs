using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class PromptTests : LedgerTests
{
    /// <summary>Six calendar months in Rome, where it is summer by then.</summary>
    private static readonly DateTimeOffset InSixMonths = TestTracker.Noon.AddMonths(6).AddHours(-1);

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task Who_refused_is_not_asked_again_for_six_months()
    {
        await RefuseAsync();
        GoTo(TestTracker.Noon.AddMonths(5));
        var early = await CheckAsync(An.AdasCookie);
        GoTo(InSixMonths);
        var later = await CheckAsync(An.AdasCookie);

        Assert.Equal(new PromptAnswer(MayAsk: false, InSixMonths), early);
        Assert.True(later.MayAsk);
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task A_notice_that_says_something_materially_new_may_be_shown_earlier()
    {
        await RefuseAsync();
        await RegisterAsync(An.Notice("2") with { EffectiveAt = TestTracker.Noon.AddDays(9) });
        await RegisterAsync(An.Notice("3") with { EffectiveAt = TestTracker.Noon.AddDays(20), Scope = new() { IsMaterialChange = true } });
        GoTo(TestTracker.Noon.AddDays(10));
        var editorial = await CheckAsync(An.AdasCookie);
        GoTo(TestTracker.Noon.AddDays(20));

        Assert.Equal(new PromptAnswer(MayAsk: false, TestTracker.Noon.AddDays(20)), editorial);
        Assert.True((await CheckAsync(An.AdasCookie)).MayAsk);
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task Whose_choice_is_not_known_may_be_asked()
    {
        await RefuseAsync();

        Assert.True((await CheckAsync(new(IdentifierKind.Cookie, "a-new-cookie"))).MayAsk);
    }

    [Fact]
    public async Task Who_has_consented_is_not_asked_at_all()
    {
        await RecordAsync(An.Consent(Purpose.Analytics, An.AdasCookie));

        Assert.Equal(new PromptAnswer(MayAsk: false, null), await CheckAsync(An.AdasCookie));
    }

    [Fact]
    public async Task A_consent_given_to_another_controller_is_no_reason_not_to_ask()
    {
        await RecordAsync(An.Consent(Purpose.Analytics, An.AdasCookie) with { Controller = "group-company" });

        Assert.True((await CheckAsync(An.AdasCookie)).MayAsk);
    }

    private Task<ConsentAppended> RefuseAsync() => RecordAsync(An.Consent(Purpose.Analytics, An.AdasCookie) with
    {
        State = ConsentState.Refused,
        Evidence = Proof.CmpSignal("no", TestTracker.Noon) with { Act = ConsentAct.Closed },
    });

    private Task<PromptAnswer> CheckAsync(Identifier who) => Tracker.Prompts.CheckAsync(Tracker.Caller, new(null, who), Purpose.Analytics, ContactChannel.Unspecified, Cancellation);
}
