using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>What is held under a profile is read whole and rewritten in one write, or not at all.</summary>
public abstract class ReviewStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly RetentionClasses Both = RetentionClasses.Of([RetentionClass.Fiscal, RetentionClass.Marketing]);

    [Fact]
    public async Task Records_of_all_classes_are_listed_page_by_page_in_the_order_of_the_store()
    {
        await CommitAsync(
            A.NewProfile(A.Ada),
            A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Marketing]),
            A.Interaction(2, A.Ada, at: A.Noon.AddHours(1)),
            A.Interaction(A.Record(3, A.Ada, at: A.Noon.AddHours(-1)) with { ExpireAt = null, Holds = ["case-1"] }));
        await CommitAsync(A.NewProfile(A.Bea), A.Interaction(4, A.Bea));

        var first = await ListAsync(after: null, limit: 2);
        var second = await ListAsync(Revisions.AddressOf(first[^1]), limit: 9);

        Assert.Equal(
            [Revisions.Address(2, at: A.Noon.AddHours(1)), Revisions.Address(1, RetentionClass.Fiscal), Revisions.Address(1), Revisions.Address(3, at: A.Noon.AddHours(-1))],
            first.Concat(second).Select(Revisions.AddressOf));
        Assert.Empty(await ListAsync(Revisions.AddressOf(second[^1]), limit: 9));
    }

    [Fact]
    public async Task Page_goes_on_also_where_its_last_record_has_gone_since()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada), A.Interaction(2, A.Ada), A.Interaction(3, A.Ada));
        var first = await ListAsync(after: null, limit: 2);

        await ApplyAsync(Revisions.Of(A.Ada) with { Deleted = [Revisions.Address(2)] });

        Assert.Equal([3], (await ListAsync(Revisions.AddressOf(first[^1]), limit: 9)).Select(NumberOf));
    }

    [Fact]
    public async Task Expired_records_are_not_listed()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: A.Noon.AddDays(1)), A.Interaction(2, A.Ada));

        GoTo(A.Noon.AddDays(1));

        Assert.Equal([2], (await ListAsync(after: null, limit: 9)).Select(NumberOf));
    }

    [Fact]
    public async Task Rewritten_record_replaces_the_stored_one()
    {
        var record = A.Record(1, A.Ada, RetentionClass.Marketing);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(record));
        var rewritten = record with { Grants = [A.Grant(A.Noon.AddDays(3), Purpose.Profiling)], ExpireAt = A.Noon.AddDays(3), IsRestricted = true, Payload = new byte[] { 9 } };

        Assert.True(await ApplyAsync(Revisions.Of(A.Ada) with { Rewritten = [rewritten] }));
        await Storage.ReopenAsync();

        Assert.Equal(Snapshot.Of(rewritten), Snapshot.Of((await FindAsync(1)).Single()));
    }

    [Fact]
    public async Task Rewritten_record_is_deleted_at_its_new_end()
    {
        var record = A.Record(1, A.Ada);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(record), A.Interaction(2, A.Ada));
        await ApplyAsync(Revisions.Of(A.Ada) with { Rewritten = [record with { ExpireAt = A.Noon.AddDays(1) }] });

        GoTo(A.Noon.AddDays(1));
        var swept = await SweepAsync();

        Assert.Equal(1, swept.Deleted[ExpiredKind.Record]);
        Assert.False(await ExistsAsync(1));
        Assert.True(await ExistsAsync(2));
    }

    [Fact]
    public async Task Record_that_has_gone_since_it_was_read_is_not_brought_back()
    {
        var record = A.Record(1, A.Ada, until: A.Noon.AddDays(1));
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(record), A.Interaction(2, A.Ada));
        GoTo(A.Noon.AddDays(2));

        Assert.True(await ApplyAsync(Revisions.Of(A.Ada) with { Rewritten = [record with { ExpireAt = A.InAMonth }, A.Record(7, A.Ada)] }));

        Assert.Equal([2], (await ListAsync(after: null, limit: 9)).Select(NumberOf));
        Assert.False(await ExistsAsync(7));
    }

    [Fact]
    public async Task Record_of_someone_else_in_a_revision_is_a_fault()
    {
        await CommitAsync(MicroBatches.Of([A.NewProfile(A.Ada), A.NewProfile(A.Bea)], A.Interaction(1, A.Ada), A.Interaction(2, A.Bea)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(Revisions.Of(A.Ada) with { Rewritten = [A.Record(2, A.Bea)] }));

        Assert.Single(await FindAsync(2));
    }

    [Fact]
    public async Task Deleted_class_leaves_its_interaction_so_that_no_repeat_brings_it_back()
    {
        var write = A.Interaction(A.Record(1, A.Ada, RetentionClass.Fiscal, Both), A.Record(1, A.Ada, RetentionClass.Marketing, Both));
        await CommitAsync(A.NewProfile(A.Ada), write);

        await ApplyAsync(Revisions.Of(A.Ada) with { Deleted = [Revisions.Address(1)] });
        var answers = await CommitAsync(A.KnownProfile(A.Ada), write);

        Assert.Equal([CommitAnswer.Duplicate], answers);
        Assert.Equal([RetentionClass.Fiscal], (await FindAsync(1)).Select(record => record.Class));
    }

    [Fact]
    public async Task Interaction_goes_with_the_last_of_its_records()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(A.Record(1, A.Ada, RetentionClass.Fiscal, Both), A.Record(1, A.Ada, RetentionClass.Marketing, Both)), A.Interaction(2, A.Ada));

        await ApplyAsync(Revisions.Of(A.Ada) with { Deleted = [Revisions.Address(1), Revisions.Address(1, RetentionClass.Fiscal)] });

        Assert.False(await ExistsAsync(1));
        Assert.Empty(await FindAsync(1));
        Assert.True(await ExistsAsync(2));
    }

    [Fact]
    public async Task Interaction_is_known_as_long_as_the_latest_of_its_records_that_are_left()
    {
        var fiscal = A.Record(1, A.Ada, RetentionClass.Fiscal, Both);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(fiscal, A.Record(1, A.Ada, RetentionClass.Marketing, Both)), A.Interaction(2, A.Ada));

        await ApplyAsync(Revisions.Of(A.Ada) with { Rewritten = [fiscal with { ExpireAt = A.Noon.AddDays(2) }], Deleted = [Revisions.Address(1)] });

        GoTo(A.Noon.AddDays(2).AddMilliseconds(-1));
        Assert.True(await ExistsAsync(1));
        GoTo(A.Noon.AddDays(2));
        Assert.False(await ExistsAsync(1));
    }

    [Fact]
    public async Task Revision_read_under_another_epoch_writes_nothing()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contact = A.Contact(A.Ada), Reviews = [A.Noon] }, A.Interaction(1, A.Ada));
        var revision = Revisions.Of(A.Ada, epoch: 1) with { Deleted = [Revisions.Address(1)], DeletesContact = true, Done = [new(A.Tenant, A.Ada, A.Noon)] };

        Assert.False(await ApplyAsync(revision));

        Assert.True(await ExistsAsync(1));
        Assert.NotNull(await FindContactAsync(A.Ada));
        Assert.Single(await ReadErrandsAsync());
    }

    [Fact]
    public async Task Revision_of_a_profile_that_is_gone_writes_nothing()
    {
        Assert.False(await ApplyAsync(Revisions.Of(A.Ada) with { Next = [new(A.Tenant, A.Ada, A.Noon)] }));

        Assert.Null(await FindControlAsync(A.Ada));
    }

    [Fact]
    public async Task Errands_that_are_done_go_and_new_ones_come_in_the_same_write()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Reviews = [A.Noon, A.Noon.AddHours(1)] }, A.Interaction(1, A.Ada));

        await ApplyAsync(Revisions.Of(A.Ada) with { Done = [new(A.Tenant, A.Ada, A.Noon)], Next = [new(A.Tenant, A.Ada, A.Noon.AddDays(1))] });

        Assert.Equal([A.Noon.AddHours(1), A.Noon.AddDays(1)], (await ReadErrandsAsync()).Select(errand => errand.DueAt));
    }

    private static int NumberOf(InteractionRecord record) => record.Payload.Span[0];

    private Task<bool> ApplyAsync(ProfileRevision revision) => Storage.Reviews.ApplyAsync(revision, Cancellation);

    private Task<IReadOnlyList<InteractionRecord>> ListAsync(RecordAddress? after, int limit) =>
        Storage.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after, limit, Cancellation);

    private Task<IReadOnlyList<Errand>> ReadErrandsAsync() => Storage.Errands.ReadDueAsync(DateTimeOffset.MaxValue, 9, Cancellation);
}
