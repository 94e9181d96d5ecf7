using System.Text;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;
using Tracker.TestServers;

namespace Tracker.Storage.Tests.Redis;

/// <summary>The whole product on a store and a Redis: what is remembered is used, decides nothing, and tells of nobody.</summary>
public sealed class RecallTests(RedisKeyspace keyspace) : IClassFixture<RedisKeyspace>, IAsyncLifetime
{
    private SharedMemory _memory = null!;
    private TestTracker _tracker = null!;

    private DateTimeOffset Now => _tracker.Time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _memory = await SharedMemory.OpenAsync(await keyspace.AddressAsync(), $"{keyspace.Prefix}{Guid.CreateVersion7():N}");
        // Keys end by the server's own clock.
        _tracker = await TestTracker.StartAsync(now: DateTimeOffset.UtcNow, cache: _memory.Cache);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _tracker.DisposeAsync();
        await _memory.DisposeAsync();
    }

    [Fact]
    public async Task Who_was_recorded_once_is_found_without_asking_the_store()
    {
        await _tracker.RecordAsync(An.Order("first", An.Ada, Now));
        await ConsentAsync();
        await _tracker.RecordAsync(An.PageView("second", An.Ada, Now, Purpose.Profiling));
        await _memory.DumpAsync();
        var (links, ledgers) = (_memory.Count("link", "hit"), _memory.Count("ledger", "hit"));

        var outcome = await _tracker.RecordAsync(An.PageView("third", An.Ada, Now, Purpose.Profiling));

        Assert.Equal(Outcome.Accepted, outcome.Outcome);
        Assert.Equal((links + 1, ledgers + 1), (_memory.Count("link", "hit"), _memory.Count("ledger", "hit")));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public async Task A_withdrawal_counts_at_once_whatever_is_remembered()
    {
        await ConsentAsync();
        await _tracker.RecordAsync(An.PageView("before", An.Ada, Now, Purpose.Profiling));

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada, Now), CancellationToken.None);
        var after = await _tracker.RecordAsync(An.PageView("after", An.Ada, Now, Purpose.Profiling));

        Assert.Equal((Outcome.Denied, Reason.ConsentWithdrawn), (after.Outcome, after.Reason));
    }

    [Fact]
    [Trait("Compliance", "E47")]
    public async Task What_is_asked_before_a_message_is_sent_knows_a_withdrawal_at_once_though_the_ledger_before_it_is_remembered()
    {
        await ConsentAsync();
        await _tracker.RecordAsync(An.PageView("before", An.Ada, Now, Purpose.Profiling));
        await _tracker.RecordAsync(An.PageView("remembered", An.Ada, Now, Purpose.Profiling));
        await _memory.DumpAsync();
        var question = new PermissionQuestion { Purpose = Purpose.Profiling };
        var ada = new ProfileReference(null, An.Ada);
        Assert.True((await _tracker.Permissions.CheckAsync(_tracker.Caller, ada, question, CancellationToken.None)).IsPermitted);

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada, Now), CancellationToken.None);

        Assert.Equal(Reason.ConsentWithdrawn, (await _tracker.Permissions.CheckAsync(_tracker.Caller, ada, question, CancellationToken.None)).Reason);
        Assert.Equal([Reason.ConsentWithdrawn], (await _tracker.Permissions.CheckAudienceAsync(_tracker.Caller, [ada], question, CancellationToken.None)).People.Select(person => person.Reason));
    }

    [Fact]
    public async Task A_link_to_somebody_else_leads_nowhere()
    {
        await _tracker.RecordAsync(An.Order("ada", An.Ada, Now));
        await _tracker.RecordAsync(An.Order("bob", An.Bob, Now));
        var dump = await _memory.DumpAsync();
        // As if a bad copy of Redis had been restored: each identifier leads to the other one.
        var keys = dump.Keys.ToList();
        await _memory.Database.StringSetAsync(keys[0], dump[keys[1]]);
        await _memory.Database.StringSetAsync(keys[1], dump[keys[0]]);

        await _tracker.RecordAsync(An.Order("more", An.Ada, Now));

        Assert.Equal(2, keys.Count);
        Assert.Equal(["ada", "more"], (await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId).Order());
        Assert.Equal(["bob"], (await _tracker.TimelineAsync(An.Bob, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId));
    }

    [Fact]
    public async Task What_is_denied_or_a_duplicate_is_not_remembered()
    {
        await _tracker.RecordAsync(An.Order("first", An.Ada, Now));
        foreach (var key in (await _memory.DumpAsync()).Keys)
        {
            await _memory.Database.KeyDeleteAsync(key);
        }

        var denied = await _tracker.RecordAsync(An.PageView("denied", An.Ada, Now, Purpose.Profiling));
        var stranger = await _tracker.RecordAsync(An.PageView("stranger", An.Bob, Now, Purpose.Profiling));
        var duplicate = await _tracker.RecordAsync(An.Order("first", An.Ada, Now));

        Assert.Equal([Outcome.Denied, Outcome.Denied, Outcome.Duplicate], [denied.Outcome, stranger.Outcome, duplicate.Outcome]);
        Assert.Empty(await _memory.DumpAsync());
    }

    [Fact]
    public async Task No_key_and_no_value_tells_who_it_is()
    {
        await ConsentAsync();
        await _tracker.RecordAsync(An.Newsletter("news", An.Ada, Now));

        var dump = await _memory.DumpAsync();

        Assert.NotEmpty(dump);
        // Half of the address is enough to tell; a sign alone, such as "@", is in a hash now and then.
        var halves = An.Ada.Value.Split('@').Select((half, i) => i == 0 ? $"{half}@" : $"@{half}");
        Assert.All(dump, pair => Assert.All(halves, half => Assert.DoesNotContain(half, pair.Key + Encoding.Latin1.GetString(pair.Value), StringComparison.OrdinalIgnoreCase)));
    }

    private async Task ConsentAsync()
    {
        foreach (var purpose in new[] { Purpose.Profiling, Purpose.DirectMarketing })
        {
            await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(purpose, An.Ada, Now), CancellationToken.None);
        }
    }
}
