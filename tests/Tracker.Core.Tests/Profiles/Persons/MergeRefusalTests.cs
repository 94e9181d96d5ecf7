using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Profiles.Persons;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles.Persons;

/// <summary>What is not made one person, and what is so already.</summary>
public sealed class MergeRefusalTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Two_customer_numbers_are_two_people()
    {
        await _tracker.RecordAsync(An.Receipt("1", An.Bob), An.Receipt("2", new(IdentifierKind.CustomerNumber, "4712")));

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Merger.MergeAsync(_tracker.Caller, Of(An.Bob, new(IdentifierKind.CustomerNumber, "4712")), Cancellation));

        Assert.Equal((RefusalReason.MergeRefused, "second"), (refusal.Reason, Assert.Single(refusal.Violations).Field));
    }

    [Fact]
    public async Task Who_is_restricted_is_not_merged()
    {
        await BuyAsync();
        var card = await ControlAsync(Card);
        await _tracker.Store.Reviews.ChangeHoldsAsync(card.Tenant, card.Profile, card.DecisionEpoch, [], isRestricted: true, [], Cancellation);

        var refusal = await Assert.ThrowsAsync<RefusalException>(MergeAsync);

        Assert.Equal(RefusalReason.MergeRefused, refusal.Reason);
        Assert.Empty((await ControlAsync(An.Ada)).Links);
    }

    [Fact]
    public async Task One_person_has_twenty_profiles_at_most()
    {
        await _tracker.RecordAsync([.. Enumerable.Range(0, 21).Select(i => An.Receipt($"{i}", CardOf(i)))]);
        for (var i = 1; i < 20; i++)
        {
            await _tracker.Merger.MergeAsync(_tracker.Caller, Of(CardOf(i - 1), CardOf(i)), Cancellation);
        }

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Merger.MergeAsync(_tracker.Caller, Of(CardOf(0), CardOf(20)), Cancellation));

        Assert.Equal(RefusalReason.MergeRefused, refusal.Reason);
        Assert.Equal(19, (await ControlAsync(CardOf(7))).Members.Count);
    }

    [Fact]
    public async Task Merge_that_is_repeated_adds_nothing()
    {
        await BuyAsync();
        var first = await MergeAsync();

        var again = await _tracker.Merger.MergeAsync(_tracker.Caller, Of(Card, An.Ada), Cancellation);

        Assert.True(again.IsRepeat);
        Assert.Equal(first.Links, again.Links);
        Assert.Equal(1, (await ControlAsync(An.Ada)).PersonEpoch);
    }

    [Fact]
    public async Task Profile_is_not_merged_with_itself_nor_with_nobody_nor_by_a_receipt()
    {
        await BuyAsync();

        Assert.Equal(("second", RefusalReason.InvalidRequest), await RefusedAsync(Of(An.Ada, An.Ada)));
        Assert.Equal(("", RefusalReason.ProfileNotFound), await RefusedAsync(Of(An.Ada, An.Bob)));
        Assert.Equal(("second.identifier", RefusalReason.InvalidRequest), await RefusedAsync(Of(An.Ada, new(IdentifierKind.Receipt, "r-1"))));
        Assert.Equal(("first.identifier.value", RefusalReason.InvalidRequest), await RefusedAsync(Of(new(IdentifierKind.Email, "nobody"), Card)));
        Assert.Equal(("case_reference", RefusalReason.InvalidRequest), await RefusedAsync(Of(An.Ada, Card) with { CaseReference = new string('x', 65) }));
    }

    private static Identifier CardOf(int number) => new(IdentifierKind.LoyaltyCard, $"card-{number}");

    private static MergeDraft Of(Identifier first, Identifier second) => new(new(null, first), new(null, second), "ticket 7", []);

    private Task<LinkedPerson> MergeAsync() => _tracker.Merger.MergeAsync(_tracker.Caller, Of(An.Ada, Card), Cancellation);

    private async Task<(string Field, RefusalReason Reason)> RefusedAsync(MergeDraft draft)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Merger.MergeAsync(_tracker.Caller, draft, Cancellation));
        return (refusal.Violations.Select(violation => violation.Field).FirstOrDefault(""), refusal.Reason);
    }

    private Task<IReadOnlyList<InteractionOutcome>> BuyAsync() => _tracker.RecordAsync(An.Receipt("by-mail", An.Ada), An.Receipt("by-card", Card));

    private async Task<Control> ControlAsync(Identifier by) => (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, by), Cancellation))!;
}
