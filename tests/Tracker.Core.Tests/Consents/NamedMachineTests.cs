using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A decision that names a person and a machine takes the machine, as an interaction does (E11).</summary>
public sealed class NamedMachineTests : LedgerTests
{
    private static readonly Identifier Cookie = new(IdentifierKind.Cookie, "cookie-of-the-house");
    private static readonly Identifier Bea = new(IdentifierKind.Email, "bea@example.com");

    [Theory]
    [InlineData(ConsentState.Given)]
    [InlineData(ConsentState.Refused)]
    [Trait("Compliance", "E11")]
    public async Task The_machine_leads_to_whoever_decides_on_it(ConsentState state)
    {
        await Tracker.RecordAsync(An.Receipt("ada") with { Identifiers = [Cookie, An.Ada] });

        await RecordAsync(An.Consent(Purpose.Analytics, Bea) with { State = state, Identifiers = [Bea, Cookie] });

        Assert.Equal((await ControlAsync(Bea)).Profile, (await ControlAsync(Cookie)).Profile);
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task What_is_decided_in_the_banner_after_it_is_theirs()
    {
        await Tracker.RecordAsync(An.Receipt("ada") with { Identifiers = [Cookie, An.Ada] });
        await RecordAsync(An.Consent(Purpose.Analytics, Bea) with { Identifiers = [Bea, Cookie] });

        var banner = await RecordAsync(An.Consent(Purpose.Personalisation, Cookie));

        Assert.Equal((await ControlAsync(Bea)).Profile, banner.Entry!.Profile);
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task A_visitor_keeps_what_was_decided_before_it()
    {
        var banner = await RecordAsync(An.Consent(Purpose.Analytics, Cookie));

        await RecordAsync(An.Consent(Purpose.Personalisation, Bea) with { Identifiers = [Bea, Cookie] });

        Assert.NotEqual(banner.Entry!.Profile, (await ControlAsync(Cookie)).Profile);
        Assert.False(await MayAsync(Purpose.Analytics, Bea));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task An_address_that_anybody_may_have_typed_takes_nothing()
    {
        await Tracker.RecordAsync(An.Receipt("ada") with { Identifiers = [Cookie, An.Ada] });

        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, Bea) with { Identifiers = [Bea, Cookie] });
        await ConfirmAsync(Assert.Single(asked.ConfirmationTokens).Text);

        Assert.Equal((await ControlAsync(An.Ada)).Profile, (await ControlAsync(Cookie)).Profile);
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task A_question_that_has_no_answer_takes_nothing()
    {
        await Tracker.RecordAsync(An.Receipt("ada") with { Identifiers = [Cookie, An.Ada] });

        await RecordAsync(An.Consent(Purpose.Analytics, Bea) with { State = ConsentState.Requested, Evidence = null, Identifiers = [Bea, Cookie] });

        Assert.Equal((await ControlAsync(An.Ada)).Profile, (await ControlAsync(Cookie)).Profile);
    }

    [Fact]
    [Trait("Compliance", "E11")]
    [Trait("Compliance", "R-160")]
    public async Task A_word_to_another_company_takes_nothing()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));
        await Tracker.RecordAsync(An.Receipt("ada") with { Identifiers = [Cookie, An.Ada] });

        await RecordAsync(An.Consent(Purpose.Analytics, Bea) with { NoticeId = An.OldCo.Id, Identifiers = [Bea, Cookie] });

        Assert.Equal((await ControlAsync(An.Ada)).Profile, (await ControlAsync(Cookie)).Profile);
    }
}
