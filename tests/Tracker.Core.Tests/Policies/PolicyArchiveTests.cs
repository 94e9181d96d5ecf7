using System.Security.Cryptography;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies;

public sealed class PolicyArchiveTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    private Policy InForce => _tracker.Policies.For(_tracker.Caller.Tenant);

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task The_policy_in_force_is_stored_byte_for_byte_until_nothing_it_decided_can_be_left()
    {
        var version = await _tracker.Store.Policies.FindAsync(_tracker.Caller.Tenant, InForce.Sha256, CancellationToken.None);

        Assert.Equal(InForce.Document.ToArray(), version!.Document.ToArray());
        Assert.Equal(InForce.Sha256.ToArray(), SHA256.HashData(version.Document.Span));
        Assert.Equal(TestTracker.Noon.AddDays(30).AddYears(11), version.ExpireAt);
    }

    [Fact]
    public async Task A_later_start_under_the_same_policy_moves_its_end()
    {
        _tracker.Time.Advance(TimeSpan.FromDays(365));
        await _tracker.Archive.StoreInForceAsync(CancellationToken.None);

        var version = await _tracker.Store.Policies.FindAsync(_tracker.Caller.Tenant, InForce.Sha256, CancellationToken.None);

        Assert.Equal((TestTracker.Noon, TestTracker.Noon.AddDays(365 + 30).AddYears(11)), (version!.FirstUsedAt, version.ExpireAt));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task A_server_that_runs_for_years_keeps_the_policy_as_long_as_what_it_decides()
    {
        foreach (var day in Enumerable.Range(1, 800))
        {
            _tracker.Time.SetUtcNow(TestTracker.Noon.AddDays(day));
            await _tracker.Archive.RenewAsync(CancellationToken.None);
        }

        var outcome = await _tracker.RecordAsync(An.Order(by: An.Ada, at: _tracker.Time.GetUtcNow()));

        var version = await _tracker.Store.Policies.FindAsync(_tracker.Caller.Tenant, InForce.Sha256, CancellationToken.None);
        Assert.All(outcome.Grants, grant => Assert.True(grant.Until < version!.ExpireAt));
    }

    [Fact]
    public async Task The_end_is_written_once_a_day_however_often_it_is_asked_for()
    {
        var before = await EndAsync();
        _tracker.Time.Advance(TimeSpan.FromHours(23));
        await _tracker.Archive.RenewAsync(CancellationToken.None);
        var sameDay = await EndAsync();
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        await _tracker.Archive.RenewAsync(CancellationToken.None);

        Assert.Equal((before, before.AddDays(1)), (sameDay, await EndAsync()));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task A_policy_that_decided_once_is_quoted_after_another_has_come_into_force()
    {
        var former = Documents.Lay("""
            "rules": [{ "id": "IT-QUO-1", "legal_reference": "as it was", "ends": [{ "anchor": "QUOTE_EXPIRY", "period": "P1M", "kind": "MAX" }] }]
            """);
        var before = new PolicyArchive(_tracker.Store.Policies, PolicyRegister.Of(new Dictionary<Core.Model.TenantId, Policy> { [_tracker.Caller.Tenant] = former }), _tracker.Time);
        await before.StoreInForceAsync(CancellationToken.None);

        var texts = await _tracker.Archive.ReadTextsAsync(_tracker.Caller.Tenant, former.Sha256, CancellationToken.None);

        Assert.True(texts.IsExact);
        Assert.Equal("as it was", texts.References["IT-QUO-1"]);
        Assert.Equal("QUOTE_EXPIRY + P1M (MAX); EVENT_TIME + P11Y (OUTER CAP); DELETE", texts.Rules["IT-QUO-1"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Compliance", "E20")]
    public async Task A_policy_that_an_old_server_started_with_once_more_binds_no_longer_than_it_lives_and_as_long_as_it_does(bool livesOn)
    {
        var former = Documents.Lay("""
            "rules": [{ "id": "IT-QUO-1", "legal_reference": "as it was", "ends": [{ "anchor": "QUOTE_EXPIRY", "period": "P1M", "kind": "MAX" }] }]
            """);
        var old = new PolicyArchive(_tracker.Store.Policies, PolicyRegister.Of(new Dictionary<Core.Model.TenantId, Policy> { [_tracker.Caller.Tenant] = former }), _tracker.Time);
        _tracker.Time.Advance(TimeSpan.FromMinutes(5));
        await old.StoreInForceAsync(CancellationToken.None);
        for (var day = 0; day < 9; day++)
        {
            _tracker.Time.Advance(TimeSpan.FromDays(1));
            await (livesOn ? old.RenewAsync(CancellationToken.None) : Task.CompletedTask);
            await _tracker.Archive.RenewAsync(CancellationToken.None);
        }

        Assert.Equal([former.Name], InForce.FindEarlierSince(TestTracker.Noon.AddHours(1)).Select(earlier => earlier.Name));
        Assert.Equal(livesOn, InForce.FindEarlierSince(TestTracker.Noon.AddDays(5)).Count > 0);
    }

    private async Task<DateTimeOffset> EndAsync() =>
        (await _tracker.Store.Policies.FindAsync(_tracker.Caller.Tenant, InForce.Sha256, CancellationToken.None))!.ExpireAt;

    [Fact]
    public async Task Where_the_policy_is_not_known_any_more_the_one_in_force_is_quoted_and_marked()
    {
        var texts = await _tracker.Archive.ReadTextsAsync(_tracker.Caller.Tenant, new byte[32], CancellationToken.None);

        Assert.False(texts.IsExact);
        Assert.Contains("2220", texts.References["IT-TAX-1"], StringComparison.Ordinal);
    }
}
