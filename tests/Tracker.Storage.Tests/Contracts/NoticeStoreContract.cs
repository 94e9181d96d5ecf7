using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class NoticeStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Notice_is_found_with_every_field_it_was_added_with()
    {
        var notice = A.Notice();

        var added = await Storage.Notices.AddAsync(notice, Cancellation);

        Assert.Equal(Snapshot.Of(notice), Snapshot.Of(added));
        Assert.Equal(Snapshot.Of(notice), Snapshot.Of(await Storage.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation)));
    }

    [Fact]
    public async Task Adding_a_version_again_answers_the_first_and_changes_nothing()
    {
        await Storage.Notices.AddAsync(A.Notice(text: "first"), Cancellation);

        var added = await Storage.Notices.AddAsync(A.Notice(text: "second"), Cancellation);

        Assert.Equal("first", added.Text);
        Assert.Equal("first", (await Storage.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation))?.Text);
    }

    [Fact]
    public async Task Versions_of_one_notice_are_listed_and_no_others()
    {
        await Storage.Notices.AddAsync(A.Notice(version: "1"), Cancellation);
        await Storage.Notices.AddAsync(A.Notice(version: "2.1"), Cancellation);
        await Storage.Notices.AddAsync(A.Notice(version: "9", until: A.Noon), Cancellation);
        await Storage.Notices.AddAsync(A.Notice(id: "privacy2"), Cancellation);
        await Storage.Notices.AddAsync(A.Notice(tenant: A.OtherTenant, version: "3"), Cancellation);

        var versions = await Storage.Notices.ListAsync(A.Tenant, "privacy", Cancellation);

        Assert.Equal(["1", "2.1"], versions.Select(notice => notice.Version).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task All_notices_of_a_tenant_are_listed_and_no_others()
    {
        await Storage.Notices.AddAsync(A.Notice(version: "1"), Cancellation);
        await Storage.Notices.AddAsync(A.Notice(version: "9", until: A.Noon), Cancellation);
        await Storage.Notices.AddAsync(A.Notice(id: "privacy2", version: "2"), Cancellation);
        await Storage.Notices.AddAsync(A.Notice(tenant: A.OtherTenant, version: "3"), Cancellation);

        var notices = await Storage.Notices.ListAsync(A.Tenant, Cancellation);

        Assert.Equal([("privacy", "1"), ("privacy2", "2")], notices.Select(notice => (notice.Id, notice.Version)).Order());
    }

    [Fact]
    public async Task Id_and_version_are_told_apart_and_tenants_too()
    {
        await Storage.Notices.AddAsync(A.Notice(id: "ab", version: "c"), Cancellation);

        Assert.Null(await Storage.Notices.FindAsync(A.Tenant, "a", "bc", Cancellation));
        Assert.Null(await Storage.Notices.FindAsync(A.OtherTenant, "ab", "c", Cancellation));
        Assert.NotNull(await Storage.Notices.FindAsync(A.Tenant, "ab", "c", Cancellation));
    }

    [Fact]
    public async Task Expired_notice_is_hidden_and_may_be_added_anew()
    {
        await Storage.Notices.AddAsync(A.Notice(text: "first"), Cancellation);
        GoTo(A.InAMonth);

        Assert.Null(await Storage.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation));
        var added = await Storage.Notices.AddAsync(A.Notice(text: "second", until: A.InAMonth.AddDays(1)), Cancellation);
        await SweepAsync();

        Assert.Equal("second", added.Text);
        Assert.Equal("second", (await Storage.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation))?.Text);
    }

    [Fact]
    public async Task Notice_is_there_after_a_restart()
    {
        await Storage.Notices.AddAsync(A.Notice(), Cancellation);

        await Storage.ReopenAsync();

        Assert.NotNull(await Storage.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation));
    }
}
