using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13 with R-046: an explicit consent that rests shows nothing special, whatever plain consent counts beside it.</summary>
public sealed class RestingExplicitTests : MovingChild
{
    /// <summary>Thirteen at noon, fifteen when it buys.</summary>
    private static readonly DateOnly Young = Born.AddYears(2);

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task A_special_line_is_not_read_on_an_explicit_consent_that_rests_beside_a_guardians_plain_one()
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await SetAsync(SpecialCategory.None);
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "guardian") with { Age = new(Young, "IT"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        GoTo(TestTracker.Noon.AddMonths(20));
        await Tracker.RecordAsync(An.Receipt("later", An.Ada, Now));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "alone") with { NoticeId = "child", NoticeVersion = "child", IsExplicit = true });
        await BuyAsync();
        await SetAsync(SpecialCategory.Health);
        var italy = await LinesAsync();

        Advance(TimeSpan.FromHours(1));
        await StateAsync(Young, "DE", "moved", Now);

        Assert.True(await MayAsync(Purpose.Analytics, An.Ada));
        Assert.Equal(["shirt", "tea"], italy);
        Assert.Equal(["shirt"], await LinesAsync());
    }

    private Task<IReadOnlyList<Core.Catalog.UpsertOutcome>> SetAsync(SpecialCategory category) =>
        Tracker.Products.UpsertAsync(Tracker.Caller, [An.ProductEntry("tea") with { SpecialCategory = category }], CancellationToken.None);

    private async Task BuyAsync() => Assert.Equal(Outcome.Accepted, (await Tracker.RecordAsync(An.Receipt("basket", An.Ada, Now) with
    {
        Purposes = [Purpose.Analytics],
        Content = new() { Commerce = new() { Lines = [Line("shirt"), Line("tea")] } },
    })).Outcome);

    private static CommerceLine Line(string product) => new() { ProductId = product, Quantity = 1, Amount = new("EUR", 1) };

    private async Task<IEnumerable<string?>> LinesAsync() =>
        (await Tracker.TimelineAsync(An.Ada, Purpose.Analytics)).Items.Where(item => item.MessageId == "basket").SelectMany(item => item.Content.Commerce?.Lines ?? []).Select(line => line.ProductId);
}
