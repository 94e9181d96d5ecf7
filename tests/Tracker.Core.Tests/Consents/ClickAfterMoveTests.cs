using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13, E14: a click, or a proof that is told again, says nothing that nobody said and drops nothing.</summary>
public sealed class ClickAfterMoveTests : MovingChild
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task A_click_says_nothing_of_where_a_child_lives_that_the_request_did_not_say(bool saysAge)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await StateAsync(Born, "IT", "italy", Now);
        var moved = Now.AddHours(1);
        Advance(TimeSpan.FromHours(2));
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, Now, "alone") with { Age = saysAge ? new(Born, "") : null, NoticeId = "child", NoticeVersion = "child" });
        Advance(TimeSpan.FromHours(1));
        await StateAsync(null, "DE", "germany", moved);
        Advance(TimeSpan.FromHours(1));

        var refused = await Record.ExceptionAsync(() => ConfirmAsync(asked.ConfirmationToken)) as RefusalException;

        Assert.Equal(RefusalReason.GuardianRequired, refused?.Reason);
    }

    [Theory]
    [InlineData("another", true)]
    [InlineData("another", false)]
    [InlineData("first", false)]
    [Trait("Compliance", "E14")]
    public async Task A_birth_date_that_is_corrected_with_the_same_proof_is_not_dropped_in_silence(string request, bool hasOtherProof)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        var consent = An.Consent(Purpose.Analytics, An.Ada, id: "first") with { Age = new(Today.AddYears(-30), "IT") };
        await RecordAsync(consent);
        Advance(TimeSpan.FromMinutes(1));

        var corrected = await Record.ExceptionAsync(() => RecordAsync((hasOtherProof ? An.Consent(Purpose.Analytics, An.Ada, Now, id: request) : consent) with { RequestId = request, Age = new(Today.AddYears(-13), "IT") }));

        Assert.True(corrected is RefusalException || !await MayAsync(Purpose.Analytics, An.Ada), "answered as recorded, and the person is an adult as before");
    }

    [Fact]
    [Trait("Compliance", "E24")]
    public async Task A_refusal_that_states_an_age_is_answered_as_recorded_when_it_is_repeated()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        var refusal = An.Consent(Purpose.Analytics, An.Ada, id: "no") with { State = ConsentState.Refused, Age = new(Today.AddYears(-30), "IT") };
        var first = await RecordAsync(refusal);
        Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(first.Entry!.Id, (await RecordAsync(refusal)).Entry!.Id);
    }
}
