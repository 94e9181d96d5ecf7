using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.Core.Profiles.Summaries;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles.Summaries;

/// <summary>A person of more than one page, of whom something is said while they are summed up.</summary>
public sealed class ChangingPersonTests : IAsyncLifetime
{
    private const int OnePageAndOne = 501;

    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Merge_between_two_pages_is_summed_up_as_one_person(bool isOfOlder)
    {
        var (older, newer) = isOfOlder ? (Card, An.Ada) : (An.Ada, Card);
        await _tracker.RecordAsync(An.Receipt("of-older", older));
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.RecordAsync(An.Receipt("of-newer", newer));
        await BuyAsync(Card);

        var summary = await SummariseAsync(Card, Purpose.OrderFulfilment, new(_tracker.Store.Profiles, 1, MergeAsync));

        Assert.Equal(OnePageAndOne + 2, summary.Count);
        Assert.Equal((await _tracker.ProfileAsync(Card, Purpose.OrderFulfilment)).Id, summary.Id);
    }

    [Fact]
    [Trait("Compliance", "R-007")]
    public async Task Withdrawal_between_two_pages_leaves_nothing_of_the_first_in_the_sum()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddDays(-9)), Cancellation);
        await _tracker.RecordAsync([.. Enumerable.Range(0, OnePageAndOne).Select(i => An.PageView($"view-{i}", An.Ada, TestTracker.Noon, Purpose.Profiling))]);

        var summary = await SummariseAsync(An.Ada, Purpose.Profiling, new(_tracker.Store.Profiles, 1, () => _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), Cancellation)));

        Assert.Equal(0, summary.Count);
    }

    [Fact]
    public async Task Person_who_never_rests_is_to_be_asked_for_again()
    {
        await _tracker.RecordAsync(An.Receipt("by-mail", An.Ada));
        await BuyAsync(Card);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => SummariseAsync(Card, Purpose.OrderFulfilment, new(_tracker.Store.Profiles, int.MaxValue, MergeOrPartAsync)));

        Assert.Equal(RefusalReason.StoreUnavailable, refusal.Reason);
        Assert.NotNull(refusal.RetryAfter);
    }

    private Task<ProfileSummary> SummariseAsync(Identifier by, Purpose purpose, ReaderMeanwhile reader) =>
        _tracker.SummariesOn(reader).SummariseAsync(_tracker.Caller, new(null, by), purpose, Cancellation);

    private async Task BuyAsync(Identifier by) =>
        await _tracker.RecordAsync([.. Enumerable.Range(0, OnePageAndOne).Select(i => An.Receipt($"{i}", by))]);

    private Task<LinkedPerson> MergeAsync() => _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, An.Ada), new(null, Card), "", []), Cancellation);

    private async Task MergeOrPartAsync()
    {
        if (await MergeAsync() is { IsRepeat: true } person)
        {
            await _tracker.Merger.UnmergeAsync(_tracker.Caller, new(new(null, Card), person.Links[^1].Id, "", []), Cancellation);
        }
    }

    /// <summary>A store in which something happens with each of the first reads.</summary>
    private sealed class ReaderMeanwhile(IProfileReader store, int times, Func<Task> act) : IProfileReader
    {
        private int _reads;

        public async Task<IReadOnlyList<InteractionRecord>> ListAsync(RecordQuery query, CancellationToken cancellation)
        {
            if (_reads++ < times)
            {
                await act();
            }

            return await store.ListAsync(query, cancellation);
        }

        public Task<IReadOnlyList<InteractionRecord>> FindAsync(TenantId tenant, InteractionKey key, CancellationToken cancellation) => store.FindAsync(tenant, key, cancellation);

        public Task<InteractionKey?> FindKeyAsync(TenantId tenant, UInt128 hash, CancellationToken cancellation) => store.FindKeyAsync(tenant, hash, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
            store.ReadContactsAsync(tenant, profiles, cancellation);

        public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) => store.FindContactAsync(tenant, profile, cancellation);
    }
}
