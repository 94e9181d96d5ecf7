using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class ErrandStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly DateTimeOffset Tomorrow = A.Noon.AddDays(1);

    [Fact]
    public async Task Errands_that_are_due_are_read_the_oldest_first()
    {
        await FillAsync();
        await Storage.Errands.AddAsync([Of(A.Ada, Tomorrow), Of(A.Bea, A.Noon.AddHours(1)), Of(A.Ada, A.Noon), Of(A.Bea, Tomorrow.AddMilliseconds(1))], Cancellation);

        var due = await Storage.Errands.ReadDueAsync(Tomorrow, 10, Cancellation);

        Assert.Equal([Of(A.Ada, A.Noon), Of(A.Bea, A.Noon.AddHours(1)), Of(A.Ada, Tomorrow)], due);
        Assert.Equal(due.Take(2), await Storage.Errands.ReadDueAsync(Tomorrow, 2, Cancellation));
    }

    [Fact]
    public async Task Profile_has_one_errand_at_one_instant()
    {
        await FillAsync();
        await Storage.Errands.AddAsync([Of(A.Ada, Tomorrow)], Cancellation);

        await Storage.Errands.AddAsync([Of(A.Ada, Tomorrow), Of(A.Ada, Tomorrow)], Cancellation);

        Assert.Equal([Of(A.Ada, Tomorrow)], await ReadAsync());
    }

    [Fact]
    public async Task Removed_errand_does_not_come_back()
    {
        await FillAsync();
        await Storage.Errands.AddAsync([Of(A.Ada, A.Noon), Of(A.Ada, Tomorrow)], Cancellation);

        await Storage.Errands.RemoveAsync([Of(A.Ada, A.Noon), Of(A.Bea, A.Noon)], fence: null, Cancellation);
        await Storage.ReopenAsync();

        Assert.Equal([Of(A.Ada, Tomorrow)], await ReadAsync());
    }

    [Fact]
    public async Task Interactions_bring_their_errands_with_them()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Reviews = [Tomorrow, A.Noon] }, A.Interaction(1, A.Ada));
        await Storage.ReopenAsync();

        Assert.Equal([Of(A.Ada, A.Noon), Of(A.Ada, Tomorrow)], await ReadAsync());
    }

    [Fact]
    public async Task Stale_interactions_leave_no_errand()
    {
        await FillAsync();

        var answers = await CommitAsync(A.KnownProfile(A.Ada, epoch: 9) with { Reviews = [Tomorrow] }, A.Interaction(3, A.Ada));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task Decision_brings_its_errands_with_it()
    {
        await FillAsync();

        await Storage.Consents.AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 0, Reviews = [A.Noon, Tomorrow] }, Cancellation);

        Assert.Equal([Of(A.Ada, A.Noon), Of(A.Ada, Tomorrow)], await ReadAsync());
    }

    [Fact]
    public async Task Stale_decision_leaves_no_errand()
    {
        await FillAsync();

        await Storage.Consents.AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 4, Reviews = [A.Noon] }, Cancellation);

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task Errand_of_a_profile_that_is_gone_is_not_done()
    {
        await FillAsync();
        await Storage.Errands.AddAsync([Of(A.Ada, Tomorrow)], Cancellation);

        GoTo(A.InAMonth);

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task Errand_of_a_profile_that_is_gone_is_deleted_once_it_is_due()
    {
        var due = A.InAMonth.AddDays(1);
        await FillAsync();
        await Storage.Errands.AddAsync([Of(A.Ada, due)], Cancellation);
        GoTo(A.InAMonth);
        Assert.False((await SweepAsync()).Deleted.ContainsKey(ExpiredKind.Errand));

        GoTo(due);
        var swept = await SweepAsync();

        Assert.Equal(1, swept.Deleted[ExpiredKind.Errand]);
    }

    [Fact]
    public async Task Errand_that_is_due_outlives_every_sweep_until_it_is_done()
    {
        await FillAsync();
        await Storage.Errands.AddAsync([Of(A.Ada, A.Noon)], Cancellation);
        GoTo(Tomorrow);

        await SweepAsync();

        Assert.Equal([Of(A.Ada, A.Noon)], await ReadAsync());
    }

    private static Errand Of(ProfileId profile, DateTimeOffset dueAt) => new(A.Tenant, profile, dueAt);

    private Task<IReadOnlyList<Errand>> ReadAsync() => Storage.Errands.ReadDueAsync(DateTimeOffset.MaxValue, 100, Cancellation);

    private async Task FillAsync() => await CommitAsync(MicroBatches.Of([A.NewProfile(A.Ada), A.NewProfile(A.Bea)], A.Interaction(1, A.Ada), A.Interaction(2, A.Bea)));
}
