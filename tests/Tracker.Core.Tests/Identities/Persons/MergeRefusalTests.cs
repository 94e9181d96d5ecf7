using Tracker.Core.Identities.Persons;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities.Persons;

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
    public async Task Profile_is_not_merged_with_itself_nor_with_nobody_nor_by_what_is_not_valid()
    {
        await BuyAsync();

        Assert.Equal(("second", RefusalReason.InvalidRequest), await RefusedAsync(Of(An.Ada, An.Ada)));
        Assert.Equal(("", RefusalReason.ProfileNotFound), await RefusedAsync(Of(An.Ada, An.Bob)));
        Assert.Equal(("first.identifier.value", RefusalReason.InvalidRequest), await RefusedAsync(Of(new(IdentifierKind.Email, "nobody"), Card)));
        Assert.Equal(("case_reference", RefusalReason.InvalidRequest), await RefusedAsync(Of(An.Ada, Card) with { CaseReference = new string('x', 65) }));
    }

    [Theory]
    [Trait("Compliance", "E11")]
    [InlineData(IdentifierKind.Cookie)]
    [InlineData(IdentifierKind.Device)]
    [InlineData(IdentifierKind.PaymentToken)]
    [InlineData(IdentifierKind.Receipt)]
    public async Task What_names_no_person_names_nobody_to_preview_merge_or_unmerge(IdentifierKind kind)
    {
        var machine = new Identifier(kind, "shared");
        await _tracker.RecordAsync(An.Receipt("by-mail", An.Ada), An.Receipt("by-card", Card) with { Identifiers = [Card, machine] });
        var merged = await MergeAsync();

        var merge = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Merger.MergeAsync(_tracker.Caller, Of(An.Ada, machine), Cancellation));
        var preview = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Previewer.PreviewAsync(_tracker.Caller, Of(machine, An.Ada), Purpose.CustomerCare, Cancellation));
        var unmerge = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Merger.UnmergeAsync(_tracker.Caller, new(new(null, machine), merged.Links[0].Id, "", []), Cancellation));

        Assert.Equal(["second.identifier", "first.identifier", "profile.identifier"], new[] { merge, preview, unmerge }.Select(refusal => Assert.Single(refusal.Violations).Field));
        Assert.All(new[] { merge, preview, unmerge }, refusal => Assert.Contains("profile_id names the profile", refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Profile_of_a_visitor_is_merged_by_its_id()
    {
        await _tracker.RecordAsync(An.Receipt("by-mail", An.Ada), An.Receipt("by-cookie", An.AdasCookie));
        var visitor = (await ControlAsync(An.AdasCookie)).Profile;

        var merged = await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, An.Ada), new(visitor, null), "", []), Cancellation);

        Assert.Contains(visitor, merged.Profiles);
    }

    [Fact]
    public async Task Kind_that_the_policy_lets_a_family_share_names_nobody()
    {
        var phone = new Identifier(IdentifierKind.Phone, "+39061234567");
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(document =>
            (document["identity"]!["kinds"]!["PHONE"]!["names"], document["identity"]!["kinds"]!["PHONE"]!["priority"]) = ("HOUSEHOLD", 15)));
        await tracker.RecordAsync(An.Receipt("by-phone", phone), An.Receipt("by-mail", An.Ada));

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => tracker.Merger.MergeAsync(tracker.Caller, Of(phone, An.Ada), Cancellation));

        Assert.Equal("first.identifier", Assert.Single(refusal.Violations).Field);
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
