using Tracker.Core.Ingestion;
using Tracker.TestKit;
using Tracker.TestServers;

namespace Tracker.Storage.Tests.Redis;

public sealed class RedisProfileCacheTests(RedisKeyspace keyspace) : IClassFixture<RedisKeyspace>, IAsyncLifetime
{
    // Keys end by the server's own clock.
    private static readonly DateTimeOffset Soon = DateTimeOffset.UtcNow.AddMinutes(10);

    private SharedMemory _memory = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _memory = await SharedMemory.OpenAsync(await keyspace.AddressAsync(), $"{keyspace.Prefix}{Guid.CreateVersion7():N}");

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    [Fact]
    public async Task What_was_remembered_is_answered_in_the_order_of_the_question()
    {
        _memory.Cache.Remember(A.Tenant, [new(A.Identifier(1), A.Ada, Soon), new(A.Identifier(2), A.Bea, Soon)], []);

        var found = await _memory.Cache.FindAsync(A.Tenant, [A.Identifier(2), A.Identifier(3), A.Identifier(1)], Cancellation);

        Assert.Equal([A.Bea, null, A.Ada], found);
    }

    [Fact]
    public async Task Another_tenant_is_answered_nothing()
    {
        _memory.Cache.Remember(A.Tenant, [new(A.Identifier(1), A.Ada, Soon)], [Ledger(1)]);

        Assert.Equal([null], await _memory.Cache.FindAsync(A.OtherTenant, [A.Identifier(1)], Cancellation));
        Assert.Equal([null], await _memory.Cache.ReadLedgersAsync(A.OtherTenant, [new(A.Ada, 1)], Cancellation));
    }

    [Fact]
    public async Task A_ledger_is_answered_under_its_own_epoch_alone()
    {
        _memory.Cache.Remember(A.Tenant, [], [Ledger(3)]);

        var found = await _memory.Cache.ReadLedgersAsync(A.Tenant, [new(A.Ada, 2), new(A.Ada, 3), new(A.Ada, 4), new(A.Bea, 3)], Cancellation);

        Assert.Equal([null, Snapshot.Of(Ledger(3).Entries), null, null], found.Select(ledger => ledger is null ? null : Snapshot.Of(ledger)));
    }

    [Fact]
    public async Task Nothing_outlives_its_lifetime_or_the_data()
    {
        _memory.Cache.Remember(A.Tenant, [new(A.Identifier(1), A.Ada, Soon), new(A.Identifier(2), A.Ada, Soon.AddYears(9))], [Ledger(1) with { Until = Soon }]);

        var ends = (await _memory.DumpAsync()).Keys.Select(key => _memory.Database.KeyExpireTime(key)).ToList();

        Assert.Equal(3, ends.Count);
        Assert.Equal(2, ends.Count(end => end == new DateTimeOffset(Soon.UtcTicks - (Soon.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero).UtcDateTime));
        Assert.All(ends, end => Assert.True(end <= DateTime.UtcNow.AddHours(1)));
    }

    [Fact]
    public async Task What_has_ended_already_is_not_remembered()
    {
        _memory.Cache.Remember(A.Tenant, [new(A.Identifier(1), A.Ada, DateTimeOffset.UtcNow.AddSeconds(-1))], [Ledger(1) with { Until = DateTimeOffset.UnixEpoch }]);

        Assert.Empty(await _memory.DumpAsync());
    }

    [Fact]
    public async Task An_entry_that_has_expired_meanwhile_is_left_out()
    {
        var gone = A.Consent(A.Ada, until: DateTimeOffset.UtcNow.AddMilliseconds(-1)) with { Sequence = 1 };
        var kept = A.Consent(A.Ada, request: 2, until: Soon) with { Sequence = 2 };
        _memory.Cache.Remember(A.Tenant, [], [new(new(A.Ada, 2), [gone, kept], Soon)]);

        var found = await _memory.Cache.ReadLedgersAsync(A.Tenant, [new(A.Ada, 2)], Cancellation);

        Assert.Equal([kept.Id], found[0]!.Select(entry => entry.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no profile id")]
    [InlineData("[]")]
    [InlineData("[null]")]
    public async Task Whatever_else_stands_there_is_not_remembered(string value)
    {
        _memory.Cache.Remember(A.Tenant, [new(A.Identifier(1), A.Ada, Soon)], [Ledger(1)]);
        foreach (var key in (await _memory.DumpAsync()).Keys)
        {
            await _memory.Database.StringSetAsync(key, value);
        }

        Assert.Equal([null], await _memory.Cache.FindAsync(A.Tenant, [A.Identifier(1)], Cancellation));
        Assert.Equal([null], await _memory.Cache.ReadLedgersAsync(A.Tenant, [new(A.Ada, 1)], Cancellation));
    }

    [Fact]
    public async Task The_ledger_of_somebody_else_is_none()
    {
        _memory.Cache.Remember(A.Tenant, [], [Ledger(1) with { Entries = [A.Consent(A.Bea) with { Sequence = 1 }] }]);

        Assert.Equal([null], await _memory.Cache.ReadLedgersAsync(A.Tenant, [new(A.Ada, 1)], Cancellation));
    }

    private static RememberedLedger Ledger(int epoch) =>
        new(new(A.Ada, epoch), [.. Enumerable.Range(1, epoch).Select(i => A.Consent(A.Ada, i, until: Soon.AddYears(1)) with { Sequence = i })], Soon);
}
