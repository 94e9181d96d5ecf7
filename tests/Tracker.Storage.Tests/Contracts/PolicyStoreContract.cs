using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class PolicyStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Document_is_found_by_its_hash_byte_for_byte()
    {
        await Storage.Policies.AddAsync(A.PolicyVersion(1), Cancellation);
        await Storage.Policies.AddAsync(A.PolicyVersion(2), Cancellation);
        await Storage.ReopenAsync();

        Assert.Equal(Snapshot.Of(A.PolicyVersion(2)), Snapshot.Of(await FindAsync(2)));
        Assert.Null(await FindAsync(3));
        Assert.Null(await Storage.Policies.FindAsync(A.OtherTenant, A.PolicyVersion(2).Sha256, Cancellation));
    }

    [Fact]
    public async Task All_versions_of_a_tenant_that_live_are_listed_and_no_others()
    {
        await Storage.Policies.AddAsync(A.PolicyVersion(1), Cancellation);
        await Storage.Policies.AddAsync(A.PolicyVersion(2, until: A.InAMonth.AddDays(1)), Cancellation);
        await Storage.Policies.AddAsync(A.PolicyVersion(3, until: A.InAMonth.AddDays(1)), Cancellation);
        await Storage.Policies.AddAsync(A.PolicyVersion(4, until: A.InAMonth.AddDays(1)) with { Tenant = A.OtherTenant }, Cancellation);

        GoTo(A.InAMonth);

        var versions = await Storage.Policies.ListAsync(A.Tenant, Cancellation);
        Assert.Equal([A.PolicyVersion(2).Version, A.PolicyVersion(3).Version], versions.Select(version => version.Version).Order());
    }

    [Fact]
    public async Task Start_under_a_known_version_moves_its_end_and_keeps_its_first_use()
    {
        var later = A.InAMonth.AddDays(1);
        await Storage.Policies.AddAsync(A.PolicyVersion(), Cancellation);

        await Storage.Policies.AddAsync(A.PolicyVersion(until: later) with { FirstUsedAt = A.Noon.AddDays(1) }, Cancellation);
        await Storage.Policies.AddAsync(A.PolicyVersion(until: A.Noon.AddDays(3)), Cancellation);

        Assert.Equal((A.Noon, later), ((await FindAsync(1))!.FirstUsedAt, (await FindAsync(1))!.ExpireAt));
    }

    [Fact]
    public async Task Start_under_a_version_that_comes_back_is_remembered_beside_the_others()
    {
        await Storage.Policies.AddAsync(A.PolicyVersion(), Cancellation);

        await Storage.Policies.AddAsync(A.PolicyVersion() with { ResumedAt = [A.Noon.AddDays(2)] }, Cancellation);
        await Storage.Policies.AddAsync(A.PolicyVersion(), Cancellation);
        await Storage.Policies.AddAsync(A.PolicyVersion() with { ResumedAt = [A.Noon.AddDays(4)] }, Cancellation);

        Assert.Equal([A.Noon, A.Noon.AddDays(2), A.Noon.AddDays(4)], (await FindAsync(1))!.Begins);
    }

    [Fact]
    public async Task Version_is_gone_when_its_time_has_passed()
    {
        await Storage.Policies.AddAsync(A.PolicyVersion(), Cancellation);

        GoTo(A.InAMonth);

        Assert.Null(await FindAsync(1));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Policy]);
    }

    [Fact]
    public async Task Hash_of_another_length_is_a_fault() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Storage.Policies.AddAsync(A.PolicyVersion() with { Sha256 = new byte[20] }, Cancellation));

    private Task<PolicyVersion?> FindAsync(int number) => Storage.Policies.FindAsync(A.Tenant, A.PolicyVersion(number).Sha256, Cancellation);
}
