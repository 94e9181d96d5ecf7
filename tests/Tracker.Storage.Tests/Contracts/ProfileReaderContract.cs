using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class ProfileReaderContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly RecordQuery OfAda = new(A.Tenant, A.Ada, RetentionClass.Marketing, From: null, Until: null, After: null, Limit: 100);

    [Fact]
    public async Task Timeline_is_newest_first_whatever_the_order_of_arrival()
    {
        await CommitAsync(A.NewProfile(A.Ada), At(2, hours: -2), At(5, hours: -5), At(1, hours: -1));

        Assert.Equal([1, 2, 5], await ListAsync(OfAda));
    }

    [Fact]
    public async Task Interactions_of_the_same_instant_are_ordered_by_key()
    {
        await CommitAsync(A.NewProfile(A.Ada), At(3, hours: 0), At(1, hours: 0), At(2, hours: 0));

        Assert.Equal([1, 2, 3], await ListAsync(OfAda));
        Assert.Equal([1, 2], await ListAsync(OfAda with { Limit = 2 }));
    }

    [Fact]
    public async Task Position_continues_where_the_page_before_ended()
    {
        await CommitAsync(A.NewProfile(A.Ada), At(1, hours: 0), At(2, hours: 0), At(3, hours: 0), At(4, hours: -1));

        Assert.Equal([3, 4], await ListAsync(OfAda with { After = new RecordPosition(A.Noon, A.Key(2)) }));
        Assert.Equal([4], await ListAsync(OfAda with { After = new RecordPosition(A.Noon, A.Key(3)) }));
        Assert.Empty(await ListAsync(OfAda with { After = new RecordPosition(A.Noon.AddHours(-1), A.Key(4, A.Noon.AddHours(-1))) }));
    }

    [Fact]
    public async Task From_is_part_of_the_range_and_until_is_not()
    {
        await CommitAsync(A.NewProfile(A.Ada), At(1, hours: -1), At(2, hours: -2), At(3, hours: -3));

        Assert.Equal([1, 2], await ListAsync(OfAda with { From = A.Noon.AddHours(-2) }));
        Assert.Equal([3], await ListAsync(OfAda with { Until = A.Noon.AddHours(-2) }));
        Assert.Equal([2], await ListAsync(OfAda with { From = A.Noon.AddHours(-2), Until = A.Noon.AddHours(-1) }));
    }

    [Fact]
    public async Task Position_and_range_narrow_each_other()
    {
        await CommitAsync(A.NewProfile(A.Ada), At(1, hours: -1), At(2, hours: -2), At(3, hours: -3));
        var afterFirst = new RecordPosition(A.Noon.AddHours(-1), A.Key(1));

        Assert.Equal([3], await ListAsync(OfAda with { After = afterFirst, Until = A.Noon.AddHours(-2) }));
        Assert.Equal([2], await ListAsync(OfAda with { After = afterFirst, From = A.Noon.AddHours(-2) }));
    }

    [Fact]
    public async Task Times_before_1970_have_their_place()
    {
        var old = A.Interaction(2, A.Ada, at: new DateTimeOffset(1969, 7, 20, 20, 17, 40, TimeSpan.Zero));
        await CommitAsync(A.NewProfile(A.Ada), old, At(1, hours: 0));

        Assert.Equal([1, 2], await ListAsync(OfAda));
        Assert.Equal([2], await ListAsync(OfAda with { Until = A.Noon }));
    }

    [Fact]
    public async Task Only_records_of_the_class_asked_are_listed()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Marketing]), A.Interaction(2, A.Ada, classes: [RetentionClass.Fiscal]));

        Assert.Equal([1], await ListAsync(OfAda));
        Assert.Equal([1, 2], await ListAsync(OfAda with { Class = RetentionClass.Fiscal }));
    }

    [Fact]
    public async Task Neither_another_profile_nor_another_tenant_is_listed()
    {
        await CommitAsync(MicroBatches.Of([A.NewProfile(A.Ada), A.NewProfile(A.Bea)], At(1, hours: 0), A.Interaction(2, A.Bea), A.Interaction(3)));
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(4, A.Ada, tenant: A.OtherTenant));

        Assert.Equal([1], await ListAsync(OfAda));
        Assert.Equal([4], await ListAsync(OfAda with { Tenant = A.OtherTenant }));
        Assert.Equal([3], await ListAsync(OfAda with { Profile = ProfileId.None }));
    }

    [Fact]
    public async Task Expired_records_are_left_out_and_do_not_count_towards_the_limit()
    {
        var soon = A.Noon.AddDays(1);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: soon), A.Interaction(2, A.Ada, until: soon), At(3, hours: -1));

        GoTo(soon);

        Assert.Equal([3], await ListAsync(OfAda with { Limit = 1 }));
    }

    [Fact]
    public async Task Interaction_shows_only_those_of_its_records_that_have_not_expired()
    {
        var both = RetentionClasses.Of([RetentionClass.Fiscal, RetentionClass.Marketing]);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(A.Record(1, A.Ada, RetentionClass.Fiscal, both), A.Record(1, A.Ada, RetentionClass.Marketing, both, until: A.Noon.AddDays(1))));

        Assert.Equal(2, (await FindAsync(1)).Count);
        GoTo(A.Noon.AddDays(1));
        Assert.Equal([RetentionClass.Fiscal], (await FindAsync(1)).Select(record => record.Class));
    }

    [Fact]
    public async Task Key_is_found_by_its_hash_on_whatever_day()
    {
        var longAgo = A.Noon.AddYears(-3);
        await CommitAsync(A.NewProfile(A.Ada), At(1, hours: 0), A.Interaction(2, A.Ada, at: longAgo), A.Interaction(3, A.Ada, at: longAgo.AddDays(1)));

        Assert.Equal(A.Key(2, longAgo), await Storage.Profiles.FindKeyAsync(A.Tenant, A.Key(2).Hash, Cancellation));
        Assert.Equal(A.Key(1), await Storage.Profiles.FindKeyAsync(A.Tenant, A.Key(1).Hash, Cancellation));
        Assert.Null(await Storage.Profiles.FindKeyAsync(A.Tenant, A.Key(4).Hash, Cancellation));
    }

    [Fact]
    public async Task Key_of_another_tenant_or_of_what_has_expired_is_not_found()
    {
        await CommitAsync(A.NewProfile(A.Ada), At(1, hours: 0));

        Assert.Null(await Storage.Profiles.FindKeyAsync(A.OtherTenant, A.Key(1).Hash, Cancellation));
        GoTo(A.InAMonth);
        Assert.Null(await Storage.Profiles.FindKeyAsync(A.Tenant, A.Key(1).Hash, Cancellation));
    }

    private static Core.Ingestion.InteractionWrite At(int number, int hours) => A.Interaction(number, A.Ada, at: A.Noon.AddHours(hours));

    private async Task<IEnumerable<int>> ListAsync(RecordQuery query) =>
        (await Storage.Profiles.ListAsync(query, Cancellation)).Select(record => (int)(record.Key.Hash >> 64));
}
