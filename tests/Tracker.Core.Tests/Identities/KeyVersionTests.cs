using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities;

/// <summary>The keys of the tenant get a second version, which is written from an hour on.</summary>
public sealed class KeyVersionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset WrittenFrom = TestTracker.Noon.AddHours(1);

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        await BuyAsync("before", An.Ada);
        _tracker.Keys.Add(_tracker.Caller.Tenant, WrittenFrom);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Until_its_time_a_version_is_looked_for_and_not_written()
    {
        await BuyAsync("known", An.Ada);
        await BuyAsync("new", An.Bob);

        Assert.Equal([1], await VersionsAsync(An.Ada));
        Assert.Equal([1], await VersionsAsync(An.Bob));
        Assert.Equal(2, (await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items.Count);
    }

    [Fact]
    public async Task Who_is_known_under_the_old_version_is_found_and_linked_under_the_new_one_with_the_next_write()
    {
        _tracker.Time.SetUtcNow(WrittenFrom);
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
        Assert.Equal([1], await VersionsAsync(An.Ada));

        await BuyAsync("after", An.Ada);
        await BuyAsync("again", An.Ada);

        Assert.Equal([1, 2], await VersionsAsync(An.Ada));
        Assert.Equal(3, (await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items.Count);
    }

    [Fact]
    public async Task What_another_node_wrote_already_under_the_new_version_is_found_before_its_time_here()
    {
        _tracker.Time.SetUtcNow(WrittenFrom);
        await BuyAsync("there", An.Bob);
        // This node's clock is behind that of the other.
        await using var behind = await TestTracker.StartAsync(now: WrittenFrom.AddMinutes(-1), after: await ClosedAsync());
        behind.Keys.Add(behind.Caller.Tenant, WrittenFrom);

        await behind.RecordAsync(An.Receipt("here", An.Bob, WrittenFrom.AddMinutes(-1)));

        Assert.Equal(2, (await behind.TimelineAsync(An.Bob, Purpose.OrderFulfilment)).Items.Count);
    }

    [Fact]
    public async Task Denied_interaction_links_nothing_under_the_new_version()
    {
        _tracker.Time.SetUtcNow(WrittenFrom);

        var denied = await _tracker.RecordAsync(An.PageView("view", An.Ada, WrittenFrom, Purpose.Profiling));

        Assert.Equal(Outcome.Denied, denied.Outcome);
        Assert.Equal([1], await VersionsAsync(An.Ada));
    }

    [Fact]
    public async Task Consent_for_an_address_counts_for_it_under_the_new_version_and_for_no_other()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), Cancellation);
        var another = new Identifier(IdentifierKind.Email, "ada@work.example");
        await BuyAsync("another", An.Ada, another);
        _tracker.Time.SetUtcNow(WrittenFrom);

        Assert.True((await MayMailAsync(An.Ada)).IsPermitted);
        Assert.Equal(Reason.ConsentScope, (await MayMailAsync(another)).Reason);
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task Withdrawal_under_the_new_version_reaches_who_consented_under_the_old_one()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Analytics, An.AdasCookie), Cancellation);
        _tracker.Time.SetUtcNow(WrittenFrom);

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Analytics, An.AdasCookie), Cancellation);

        var control = (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, An.AdasCookie), Cancellation))!;
        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn], (await _tracker.ReadLedgerAsync(control.Tenant, control.Profile, Cancellation)).Select(entry => entry.State));
    }

    [Fact]
    public async Task Customer_number_is_the_same_person_under_both_versions_and_bars_no_merge()
    {
        await BuyAsync("number", An.Bob);
        _tracker.Time.SetUtcNow(WrittenFrom);
        await BuyAsync("number-again", An.Bob);

        await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, An.Bob), new(null, An.Ada), "", []), Cancellation);

        Assert.Equal(3, (await _tracker.TimelineAsync(An.Bob, Purpose.OrderFulfilment)).Items.Count);
    }

    [Fact]
    public async Task Machine_is_taken_from_whoever_it_led_to_under_the_old_version()
    {
        await BuyAsync("cookie", An.AdasCookie, An.Ada);
        _tracker.Time.SetUtcNow(WrittenFrom);

        await BuyAsync("login", An.AdasCookie, An.Bob);
        await BuyAsync("after", An.AdasCookie);

        Assert.Equal(["after", "login"], (await _tracker.TimelineAsync(An.Bob, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId).Order());
    }

    [Fact]
    public async Task Machine_that_was_taken_under_the_new_version_leads_there_for_a_node_that_still_writes_the_old_one()
    {
        await BuyAsync("cookie", An.AdasCookie, An.Ada);
        _tracker.Time.SetUtcNow(WrittenFrom);
        await BuyAsync("login", An.AdasCookie, An.Bob);
        // This node's clock is behind that of the other.
        await using var behind = await TestTracker.StartAsync(now: WrittenFrom.AddMinutes(-1), after: await ClosedAsync());
        behind.Keys.Add(behind.Caller.Tenant, WrittenFrom);

        await behind.RecordAsync(An.Receipt("here", An.AdasCookie, WrittenFrom.AddMinutes(-1)));

        Assert.Equal(["here", "login"], (await behind.TimelineAsync(An.Bob, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId).Order());
    }

    [Fact]
    public async Task Machine_that_a_node_which_still_writes_the_old_version_takes_leads_there_under_the_new_one()
    {
        _tracker.Time.SetUtcNow(WrittenFrom);
        await BuyAsync("cookie", An.AdasCookie, An.Ada);
        // This node's clock is behind that of the other.
        await using var behind = await TestTracker.StartAsync(now: WrittenFrom.AddMinutes(-1), after: await ClosedAsync());
        behind.Keys.Add(behind.Caller.Tenant, WrittenFrom);
        await behind.RecordAsync(An.Receipt("login", at: TestTracker.Noon) with { Identifiers = [An.AdasCookie, An.Bob] });
        behind.Time.SetUtcNow(WrittenFrom);

        await behind.RecordAsync(An.Receipt("after", An.AdasCookie, TestTracker.Noon));

        Assert.Equal(["after", "login"], (await behind.TimelineAsync(An.Bob, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId).Order());
    }

    [Fact]
    public async Task Machine_is_not_written_under_a_version_before_its_time()
    {
        await BuyAsync("cookie", An.AdasCookie, An.Ada);
        await BuyAsync("login", An.AdasCookie, An.Bob);

        Assert.Equal([1, 1], await VersionsAsync(An.AdasCookie));
    }

    [Fact]
    public async Task Repeat_of_what_was_sent_before_is_a_duplicate()
    {
        _tracker.Time.SetUtcNow(WrittenFrom);

        Assert.Equal(Outcome.Duplicate, (await _tracker.RecordAsync(An.Receipt("before", An.Ada, TestTracker.Noon))).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_seen_first_around_the_hour_the_key_begins_is_one_person(bool isSeenMeanwhile)
    {
        var before = Pending("first", An.Bob);
        _tracker.Time.SetUtcNow(WrittenFrom);
        var after = Pending("second", An.Bob);
        if (isSeenMeanwhile)
        {
            await BuyAsync("meanwhile", An.Bob);
        }

        await _tracker.Pipeline.ProcessAsync(_tracker.Caller.Tenant, [before, after], Cancellation);

        Assert.Equal([Outcome.Accepted, Outcome.Accepted], new[] { before, after }.Select(item => item.Outcome!.Outcome));
        Assert.Equal((1, 2), (before.Interaction.Identifiers[0].KeyVersion, after.Interaction.Identifiers[0].KeyVersion));
        Assert.Equal(isSeenMeanwhile ? 3 : 2, (await _tracker.TimelineAsync(An.Bob, Purpose.OrderFulfilment)).Items.Count);
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Machine_that_changes_hands_around_the_hour_the_key_begins_leads_to_whoever_had_it_last()
    {
        await BuyAsync("cookie", An.AdasCookie, An.Ada);
        var before = Pending("bob", An.AdasCookie, An.Bob);
        _tracker.Time.SetUtcNow(WrittenFrom);
        var after = Pending("ada", An.AdasCookie, An.Ada);

        await _tracker.Pipeline.ProcessAsync(_tracker.Caller.Tenant, [before, after], Cancellation);

        var ada = (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), Cancellation)).Profile;
        Assert.Equal([ada, ada], await _tracker.Store.Identities.FindAsync(_tracker.Caller.Tenant, [.. after.Interaction.Identifiers[0].UnderAnyKey()], Cancellation));
    }

    private PendingInteraction Pending(string id, params Identifier[] by) =>
        new(_tracker.Rules.Judge(_tracker.Caller, An.Receipt(id, at: _tracker.Time.GetUtcNow()) with { Identifiers = by }, _tracker.Time.GetUtcNow()).Sound!);

    private async Task<TestTracker> ClosedAsync()
    {
        await _tracker.CloseAsync();
        var closed = _tracker;
        _tracker = await TestTracker.StartAsync();
        return closed;
    }

    private async Task BuyAsync(string id, params Identifier[] by) =>
        Assert.NotEmpty((await _tracker.RecordAsync(An.Receipt(id, at: TestTracker.Noon) with { Identifiers = by })).Grants);

    private Task<PermissionAnswer> MayMailAsync(Identifier by) =>
        _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, by), Purpose.DirectMarketing, ContactChannel.Email, Cancellation);

    private async Task<IEnumerable<int>> VersionsAsync(Identifier by) =>
        (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, by), Cancellation))!.Identifiers.Select(identifier => (int)identifier.KeyVersion).Order();
}
