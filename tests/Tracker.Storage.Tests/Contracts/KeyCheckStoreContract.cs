using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>A store knows again under which keys it was written.</summary>
public abstract class KeyCheckStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Keys_are_those_of_the_store_from_their_first_use_on()
    {
        Assert.True(await IsOfStoreAsync(Key(1, filled: 7)));
        await Storage.ReopenAsync();

        Assert.True(await IsOfStoreAsync(Key(1, filled: 7)));
        Assert.False(await IsOfStoreAsync(Key(1, filled: 8)));
    }

    [Fact]
    public async Task Either_of_the_two_keys_alone_tells_them_apart()
    {
        var key = Key(1, filled: 7);
        await IsOfStoreAsync(key);

        Assert.False(await IsOfStoreAsync(new TenantKey(1, key.WrappingKey, Key(1, filled: 8).HashKey)));
        Assert.False(await IsOfStoreAsync(new TenantKey(1, Key(1, filled: 8).WrappingKey, key.HashKey)));
    }

    [Fact]
    public async Task New_version_joins_the_older_ones()
    {
        await IsOfStoreAsync(Key(1, filled: 7));

        Assert.True(await IsOfStoreAsync(Key(1, filled: 7), Key(2, filled: 9)));
        Assert.False(await IsOfStoreAsync(Key(1, filled: 7), Key(2, filled: 8)));
        Assert.Equal([(byte)1, (byte)2], (await Storage.KeyChecks.ReadAsync(A.Tenant, Cancellation)).Keys.Order());
    }

    [Fact]
    public async Task Keys_without_a_version_that_the_store_was_written_under_are_not_its_keys()
    {
        await IsOfStoreAsync(Key(1, filled: 7), Key(2, filled: 9));

        Assert.False(await IsOfStoreAsync(Key(1, filled: 7)));
        Assert.False(await IsOfStoreAsync(Key(2, filled: 9)));
    }

    [Fact]
    public async Task Keys_that_are_not_those_of_the_store_leave_nothing_in_it()
    {
        await IsOfStoreAsync(Key(1, filled: 7));

        await IsOfStoreAsync(Key(1, filled: 8), Key(2, filled: 9));

        Assert.Equal((byte)1, Assert.Single((await Storage.KeyChecks.ReadAsync(A.Tenant, Cancellation)).Keys));
    }

    [Fact]
    public async Task Of_nodes_that_begin_at_once_with_other_keys_one_is_right_and_stays_so()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(node => IsOfStoreAsync(Key(1, filled: (byte)node), Key(2, filled: (byte)(node + 10)))));
        var again = await Task.WhenAll(Enumerable.Range(1, 6).Select(node => IsOfStoreAsync(Key(1, filled: (byte)node), Key(2, filled: (byte)(node + 10)))));

        Assert.Single(answers, isRight => isRight);
        Assert.Equal(answers, again);
    }

    [Fact]
    public async Task Tenants_have_keys_of_their_own()
    {
        await IsOfStoreAsync(Key(1, filled: 7));

        Assert.Empty(await Storage.KeyChecks.ReadAsync(A.OtherTenant, Cancellation));
        Assert.True(await new KeyCheck(new Keys(Key(1, filled: 8)), Storage.KeyChecks).IsOfStoreAsync(A.OtherTenant, Cancellation));
    }

    [Fact]
    public async Task Tenants_that_were_ever_there_are_known()
    {
        await IsOfStoreAsync(Key(1, filled: 7), Key(2, filled: 9));
        await new KeyCheck(new Keys(Key(1, filled: 8)), Storage.KeyChecks).IsOfStoreAsync(A.OtherTenant, Cancellation);

        Assert.Equal([A.Tenant, A.OtherTenant], (await Storage.KeyChecks.ListTenantsAsync(Cancellation)).OrderBy(tenant => tenant.Value));
    }

    [Fact]
    public async Task A_tenant_whose_keys_are_missing_is_noticed_before_new_ones_are_made()
    {
        await IsOfStoreAsync(Key(1, filled: 7));

        Assert.False(await IsOfStoreAsync());
    }

    private Task<bool> IsOfStoreAsync(params TenantKey[] keys) => new KeyCheck(new Keys(keys), Storage.KeyChecks).IsOfStoreAsync(A.Tenant, Cancellation);

    private static TenantKey Key(byte version, byte filled) =>
        new(version, Enumerable.Repeat(filled, 32).ToArray(), Enumerable.Repeat((byte)(filled + 100), 32).ToArray());

    private sealed class Keys(params TenantKey[] keys) : IKeyProvider
    {
        public IReadOnlyList<TenantKey> GetKeys(TenantId tenant) => HasKeys(tenant) ? keys : throw new InvalidOperationException("Keys are made for a tenant that has a store.");

        public bool HasKeys(TenantId tenant) => keys.Length > 0;
    }
}
