using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class LocalProfileCacheTests : IDisposable
{
    private const int Most = 100;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new(A.Noon);
    private readonly LocalProfileCache _cache;

    public LocalProfileCacheTests() => _cache = new(Most, Lifetime, _time);

    private DateTimeOffset Later => _time.GetUtcNow().AddHours(1);

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task What_was_remembered_is_found_by_its_tenant_alone()
    {
        Remember(1, Later);

        Assert.Equal(A.Ada, await FindAsync(1));
        Assert.Null((await _cache.FindAsync(new("other"), [A.Identifier(1)], CancellationToken.None))[0]);
    }

    [Fact]
    public async Task A_ledger_is_found_under_exactly_the_epoch_it_was_read_under()
    {
        ConsentEntry[] entries = [A.Consent(A.Ada, 1)];
        _cache.Remember(A.Tenant, [], [new(new(A.Ada, 1), entries, Later)]);

        var found = await _cache.ReadLedgersAsync(A.Tenant, [new(A.Ada, 1), new(A.Ada, 2), new(A.Bea, 1)], CancellationToken.None);

        Assert.Equal([entries, null, null], found);
    }

    [Fact]
    public void Ledgers_are_bounded_by_their_decisions() => Gen.Int[1, 5].Array[1, 300].Sample(ledgers =>
    {
        using var cache = new LocalProfileCache(most: 500, Lifetime, _time);
        foreach (var (epoch, decisions) in ledgers.Index())
        {
            cache.Remember(A.Tenant, [], [Ledger(epoch, decisions)]);
        }

        Assert.InRange(cache.Decisions, 1, 500);
    });

    [Fact]
    public async Task A_ledger_that_would_take_the_room_of_many_is_not_remembered()
    {
        _cache.Remember(A.Tenant, [], [Ledger(1, decisions: 2)]);

        Assert.Null((await _cache.ReadLedgersAsync(A.Tenant, [new(A.Ada, 1)], CancellationToken.None))[0]);
    }

    [Fact]
    public async Task What_has_ended_is_hidden_at_once()
    {
        Remember(1, _time.GetUtcNow().AddSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await FindAsync(1));
    }

    [Fact]
    public void What_nobody_asks_for_is_out_of_memory_within_a_lifetime()
    {
        Remember(1, Later);
        _time.Advance(Lifetime);

        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public async Task What_is_asked_for_stays_for_a_lifetime_and_no_longer()
    {
        Remember(1, Later);
        for (var turn = 0; turn < 9; turn++)
        {
            _time.Advance(Lifetime / 10);
            Assert.Equal(A.Ada, await FindAsync(1));
        }

        _time.Advance(Lifetime / 10);
        Assert.Null(await FindAsync(1));
    }

    [Fact]
    public async Task What_has_ended_is_out_of_memory_however_often_it_is_asked_for()
    {
        Remember(1, _time.GetUtcNow().AddSeconds(5));
        for (var turn = 0; turn < 3; turn++)
        {
            _time.Advance(Lifetime / 2);
            await FindAsync(1);
        }

        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void It_never_holds_more_than_it_may_whatever_is_remembered_and_asked_for() => Gen.Select(Gen.Int[0, 400], Gen.Bool).Array[0, 2_000].Sample(steps =>
    {
        using var cache = new LocalProfileCache(Most, Lifetime, _time);
        foreach (var (number, isAsked) in steps)
        {
            if (isAsked)
            {
                _ = cache.FindAsync(A.Tenant, [A.Identifier(number)], CancellationToken.None);
            }
            else
            {
                cache.Remember(A.Tenant, [new(A.Identifier(number), A.Ada, Later)], []);
            }

            Assert.InRange(cache.Count, 0, Most);
        }
    });

    [Fact]
    public async Task Nothing_of_a_denied_interaction_is_remembered()
    {
        await using var tracker = await TestTracker.StartAsync();

        await tracker.RecordAsync(An.Newsletter());
        Assert.Equal(0, tracker.Cache.Count);

        await tracker.RecordAsync(An.Order("order-1", An.Ada));
        Assert.Equal(1, tracker.Cache.Count);
    }

    private void Remember(int identifier, DateTimeOffset until) => _cache.Remember(A.Tenant, [new(A.Identifier(identifier), A.Ada, until)], []);

    private async Task<ProfileId?> FindAsync(int identifier) => (await _cache.FindAsync(A.Tenant, [A.Identifier(identifier)], CancellationToken.None))[0];

    private RememberedLedger Ledger(int epoch, int decisions) =>
        new(new(A.Ada, epoch), [.. Enumerable.Range(1, decisions).Select(sequence => A.Consent(A.Ada, sequence))], Later);
}
