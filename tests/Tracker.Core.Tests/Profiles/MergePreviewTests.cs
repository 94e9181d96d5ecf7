using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

/// <summary>What a preview says of a card whose holder's age is known, before it becomes Ada's.</summary>
public sealed class MergePreviewTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        await _tracker.RecordAsync(An.Receipt("by-mail", An.Ada, TestTracker.Noon.AddDays(-4)), An.Receipt("by-card", Card, TestTracker.Noon.AddDays(-3)));
    }

    public async ValueTask DisposeAsync() => await _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task Minority_of_one_is_told_with_the_consent_of_the_other_that_it_would_end_and_what_it_bars()
    {
        var consent = await GiveAsync(Purpose.Profiling);
        await StateAgeAsync(Card, 15);

        var preview = await PreviewAsync();

        var (mail, card) = (await ProfileOfAsync(An.Ada), await ProfileOfAsync(Card));
        Assert.All(preview.Consequences, consequence => Assert.Equal((mail, card, null), (consequence.Profile, consequence.Other, consequence.No)));
        Assert.Equal([(Purpose.Profiling, consent), (Purpose.Personalisation, null)], preview.Consequences.Select(consequence => (consequence.Purpose, consequence.Ended)));
    }

    [Theory]
    [Trait("Compliance", "E14")]
    [InlineData(12, false)]
    [InlineData(15, true)]
    public async Task Consent_that_a_child_could_not_give_ends_as_the_merge_ends_it(int age, bool isPermitted)
    {
        var consent = await GiveAsync(Purpose.Analytics);
        await StateAgeAsync(Card, age);

        var preview = await PreviewAsync();

        Assert.Equal(isPermitted ? [] : [consent], preview.Consequences.Where(consequence => consequence.Ended is not null).Select(consequence => consequence.Ended));
        await _tracker.Merger.MergeAsync(_tracker.Caller, Both, Cancellation);
        Assert.Equal(isPermitted, (await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.Analytics }, Cancellation)).IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task Consent_from_before_the_coming_of_age_of_the_other_ends_and_nothing_is_barred()
    {
        var consent = await GiveAsync(Purpose.Profiling);
        await StateAgeAsync(Card, 18);

        var consequence = Assert.Single((await PreviewAsync()).Consequences);

        Assert.Equal((Purpose.Profiling, consent), (consequence.Purpose, consequence.Ended));
    }

    [Fact]
    public async Task Age_of_an_adult_ends_nothing()
    {
        await GiveAsync(Purpose.Profiling);
        await StateAgeAsync(Card, 30);

        Assert.Empty((await PreviewAsync()).Consequences);
    }

    [Fact]
    public async Task Minority_that_is_known_of_both_changes_nothing_for_either()
    {
        await StateAgeAsync(An.Ada, 15);
        await StateAgeAsync(Card, 15);

        Assert.Empty((await PreviewAsync()).Consequences);
    }

    private static MergeDraft Both => new(new(null, An.Ada), new(null, Card), "", []);

    private Task<MergePreview> PreviewAsync() => _tracker.Previewer.PreviewAsync(_tracker.Caller, Both, Purpose.CustomerCare, Cancellation);

    private async Task<ConsentId?> GiveAsync(Purpose purpose) =>
        (await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(purpose, An.Ada, TestTracker.Noon.AddDays(-1)), Cancellation)).Entry!.Id;

    private async Task StateAgeAsync(Identifier by, int age) => await _tracker.RecordAsync(An.Newsletter($"age-{by.Kind}", by) with
    {
        Type = "account.opened",
        Content = new() { Contact = new() { BirthDate = DateOnly.FromDateTime(TestTracker.Noon.AddYears(-age).Date) } },
    });

    private async Task<ProfileId> ProfileOfAsync(Identifier by) => (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, by), Cancellation))!.Profile;
}
