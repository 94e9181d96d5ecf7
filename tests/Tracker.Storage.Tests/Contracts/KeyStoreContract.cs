using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class KeyStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Keys_of_a_commit_are_stored_as_they_are()
    {
        var keys = A.Keys(RetentionClass.Fiscal, RetentionClass.Order);

        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = keys }, A.Interaction(1, A.Ada));

        var expected = new ProfileKeys { Tenant = A.Tenant, Profile = A.Ada, Keys = keys, ExpireAt = A.InAMonth };
        Assert.Equal(Snapshot.Of(expected), Snapshot.Of(await FindKeysAsync(A.Ada)));
    }

    [Fact]
    public async Task Keys_of_further_classes_join_the_first()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Order) }, A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Fiscal) }, A.Interaction(2, A.Ada));

        var keys = (await FindKeysAsync(A.Ada))!.Keys;
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order], keys.Keys.Order());
        Assert.Equal([(byte)RetentionClass.Order], keys[RetentionClass.Order].Bytes.ToArray());
    }

    [Fact]
    public async Task Keys_live_as_long_as_the_latest_record()
    {
        var later = A.InAMonth.AddDays(3);
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Order) }, A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(2, A.Ada, until: later));

        Assert.Equal(later, (await FindKeysAsync(A.Ada))?.ExpireAt);
        GoTo(later);
        Assert.Null(await FindKeysAsync(A.Ada));
    }

    [Fact]
    public async Task Keys_are_found_for_their_own_profile_and_tenant_only()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Order) }, A.Interaction(1, A.Ada));

        var found = await Storage.Keys.ReadAsync(A.Tenant, [A.Bea, A.Ada], Cancellation);

        Assert.Null(found[0]);
        Assert.Equal(A.Ada, found[1]?.Profile);
        Assert.Null(await FindKeysAsync(A.Ada, A.OtherTenant));
    }
}
