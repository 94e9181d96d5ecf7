using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class ConsentStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task First_consent_of_an_unknown_person_creates_the_profile_under_epoch_one()
    {
        var append = First(A.Consent(A.Ada), A.Identifier(1)) with { Facts = new Facts { IdentifiedAt = A.Noon } };

        var appended = await AppendAsync(append);

        var control = await FindControlAsync(A.Ada);
        Assert.Equal((1L, false), (appended.ConsentEpoch, appended.IsRepeat));
        Assert.Equal((1L, A.InAMonth, A.Noon), (control!.ConsentEpoch, control.ExpireAt, control.Facts.IdentifiedAt));
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Entry_is_read_with_every_field_and_its_sequence()
    {
        var appended = await AppendAsync(First(A.Consent(A.Ada)));

        var expected = A.Consent(A.Ada) with { Sequence = 1 };
        Assert.Equal(Snapshot.Of(expected), Snapshot.Of(appended.Entry));
        Assert.Equal(Snapshot.Of(expected), Snapshot.Of(Assert.Single(await ReadAsync(A.Ada))));
    }

    [Fact]
    public async Task Entries_are_numbered_in_the_order_appended_and_raise_the_epoch_each()
    {
        await AppendAsync(First(A.Consent(A.Ada, request: 1)));

        var second = await AppendAsync(Next(A.Consent(A.Ada, request: 2, state: ConsentState.Withdrawn), epoch: 1));

        Assert.Equal(2, second.ConsentEpoch);
        Assert.Equal([(1L, ConsentState.Given), (2L, ConsentState.Withdrawn)], (await ReadAsync(A.Ada)).Select(entry => (entry.Sequence, entry.State)));
        Assert.Equal(2, (await FindControlAsync(A.Ada))?.ConsentEpoch);
    }

    [Fact]
    public async Task From_then_on_no_commit_decided_under_the_earlier_epoch_is_accepted()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        await AppendAsync(Next(A.Consent(A.Ada), epoch: 0));

        Assert.Equal([CommitAnswer.Stale], await CommitAsync(A.KnownProfile(A.Ada, epoch: 0), A.Interaction(2, A.Ada)));
        Assert.Equal([CommitAnswer.Stored], await CommitAsync(A.KnownProfile(A.Ada, epoch: 1), A.Interaction(2, A.Ada)));
    }

    [Fact]
    public async Task Repeated_request_is_answered_with_the_first_entry_and_writes_nothing()
    {
        await AppendAsync(First(A.Consent(A.Ada)));
        await AppendAsync(Next(A.Consent(A.Ada, request: 2), epoch: 1));

        var repeat = await AppendAsync(Next(A.Consent(A.Ada, request: 1, state: ConsentState.Withdrawn), epoch: 2));

        Assert.Equal((true, 1L, ConsentState.Given), (repeat.IsRepeat, repeat.ConsentEpoch, repeat.Entry?.State));
        Assert.Equal(2, (await ReadAsync(A.Ada)).Count);
        Assert.Equal(2, (await FindControlAsync(A.Ada))?.ConsentEpoch);
    }

    [Fact]
    public async Task Repeat_is_found_by_its_request_in_its_own_tenant_only()
    {
        await AppendAsync(First(A.Consent(A.Ada)));

        var repeat = await Storage.Consents.FindRepeatAsync(A.Tenant, 1, Cancellation);

        Assert.Equal((true, 1L), (repeat!.IsRepeat, repeat.ConsentEpoch));
        Assert.Null(await Storage.Consents.FindRepeatAsync(A.Tenant, 2, Cancellation));
        Assert.Null(await Storage.Consents.FindRepeatAsync(A.OtherTenant, 1, Cancellation));
    }

    [Fact]
    public async Task Append_prepared_under_another_epoch_is_stale_and_leaves_nothing()
    {
        await AppendAsync(First(A.Consent(A.Ada)));

        var stale = await AppendAsync(Next(A.Consent(A.Ada, request: 2), epoch: 0));

        Assert.Null(stale.Entry);
        Assert.Equal(1, stale.ConsentEpoch);
        Assert.Single(await ReadAsync(A.Ada));
    }

    [Fact]
    public async Task New_profile_with_an_identifier_that_is_known_by_now_is_stale()
    {
        await AppendAsync(First(A.Consent(A.Ada), A.Identifier(1)));

        var stale = await AppendAsync(First(A.Consent(A.Bea, request: 2), A.Identifier(1)));

        Assert.Null(stale.Entry);
        Assert.Null(await FindControlAsync(A.Bea));
        Assert.Empty(await ReadAsync(A.Bea));
    }

    [Fact]
    public async Task Consent_extends_control_identifiers_and_keys_to_its_own_end()
    {
        var later = A.InAMonth.AddDays(7);
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)) with { NewKeys = A.Keys(RetentionClass.Order) }, A.Interaction(1, A.Ada));

        await AppendAsync(Next(A.Consent(A.Ada, until: later), epoch: 0));
        GoTo(later.AddMilliseconds(-1));

        Assert.Equal(later, (await FindControlAsync(A.Ada))?.ExpireAt);
        Assert.Equal(later, (await FindKeysAsync(A.Ada))?.ExpireAt);
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Consent_extends_its_notice_to_its_own_end()
    {
        var later = A.InAMonth.AddDays(7);
        await Storage.Notices.AddAsync(A.Notice(), Cancellation);

        await AppendAsync(First(A.Consent(A.Ada, until: later)));

        Assert.Equal(later, (await Storage.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation))?.ExpireAt);
    }

    [Fact]
    public async Task Shorter_consent_shortens_neither_profile_nor_notice()
    {
        await Storage.Notices.AddAsync(A.Notice(), Cancellation);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        await AppendAsync(Next(A.Consent(A.Ada, until: A.Noon.AddDays(1)), epoch: 0));

        Assert.Equal(A.InAMonth, (await Storage.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation))?.ExpireAt);
        Assert.Equal(A.InAMonth, (await FindControlAsync(A.Ada))?.ExpireAt);
    }

    [Fact]
    public async Task Earlier_entries_are_restamped_with_the_one_that_ends_them()
    {
        var sooner = A.Noon.AddDays(3);
        var first = A.Consent(A.Ada, request: 1);
        await AppendAsync(First(first));
        await AppendAsync(Next(A.Consent(A.Ada, request: 2), epoch: 1) with { Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [first.Id] = sooner } });

        GoTo(sooner);
        await SweepAsync();

        Assert.Equal([2L], (await ReadAsync(A.Ada)).Select(entry => entry.Sequence));
        Assert.Null(await Storage.Consents.FindRepeatAsync(A.Tenant, 1, Cancellation));
    }

    [Fact]
    public async Task Profile_that_only_an_ended_consent_kept_so_long_ends_with_what_is_left()
    {
        var sooner = A.Noon.AddDays(3);
        var first = A.Consent(A.Ada, request: 1);
        await AppendAsync(First(first, A.Identifier(1)));
        await AppendAsync(Next(A.Consent(A.Ada, request: 2, until: sooner), epoch: 1) with { Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [first.Id] = sooner } });

        Assert.Equal(sooner, (await FindControlAsync(A.Ada))?.ExpireAt);
        GoTo(sooner);
        Assert.Null(await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Profile_whose_consent_ends_early_lives_on_as_long_as_its_records_and_its_other_consents()
    {
        var sooner = A.Noon.AddDays(3);
        var first = A.Consent(A.Ada, request: 1, until: A.InAMonth.AddDays(60));
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: A.InAMonth));
        await AppendAsync(Next(first, epoch: 0));
        await AppendAsync(Next(A.Consent(A.Ada, request: 2, until: A.InAMonth.AddDays(1)), epoch: 1));

        await AppendAsync(Next(A.Consent(A.Ada, request: 3, until: sooner), epoch: 2) with { Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [first.Id] = sooner } });

        Assert.Equal(A.InAMonth.AddDays(1), (await FindControlAsync(A.Ada))?.ExpireAt);
    }

    [Fact]
    public async Task Entry_restamped_to_a_later_day_lives_until_then_and_its_profile_with_it()
    {
        var later = A.InAMonth.AddDays(40);
        var first = A.Consent(A.Ada, request: 1);
        await AppendAsync(First(first));
        await AppendAsync(Next(A.Consent(A.Ada, request: 2), epoch: 1) with { Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [first.Id] = later } });

        GoTo(later.AddMilliseconds(-1));
        await SweepAsync();

        Assert.Equal([1L], (await ReadAsync(A.Ada)).Select(entry => entry.Sequence));
        Assert.Equal(1, (await Storage.Consents.FindRepeatAsync(A.Tenant, 1, Cancellation))?.ConsentEpoch);
        Assert.Equal(later, (await FindControlAsync(A.Ada))?.ExpireAt);
    }

    [Fact]
    public async Task Ledgers_come_in_the_order_asked_and_to_their_tenant_only()
    {
        await AppendAsync(First(A.Consent(A.Ada)));

        var ledgers = await Storage.Consents.ReadAsync(A.Tenant, [A.Bea, A.Ada], Cancellation);
        var others = await Storage.Consents.ReadAsync(A.OtherTenant, [A.Ada], Cancellation);

        Assert.Equal([0, 1], ledgers.Select(ledger => ledger.Count));
        Assert.Empty(Assert.Single(others));
    }

    [Fact]
    public async Task Expired_entry_is_left_out_and_its_request_may_come_again()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: A.InAMonth.AddYears(1)));
        await AppendAsync(Next(A.Consent(A.Ada), epoch: 0));
        GoTo(A.InAMonth);

        Assert.Empty(await ReadAsync(A.Ada));
        Assert.Null(await Storage.Consents.FindRepeatAsync(A.Tenant, 1, Cancellation));
        var again = await AppendAsync(Next(A.Consent(A.Ada, until: A.InAMonth.AddDays(1)), epoch: 1));
        await SweepAsync();

        Assert.Equal((false, 2L), (again.IsRepeat, again.ConsentEpoch));
        Assert.Equal(again.Entry?.Sequence, (await Storage.Consents.FindRepeatAsync(A.Tenant, 1, Cancellation))?.Entry?.Sequence);
    }

    [Fact]
    public async Task Entry_with_neither_an_end_nor_a_hold_is_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => AppendAsync(First(A.Consent(A.Ada) with { ExpireAt = null })));

        Assert.Null(await FindControlAsync(A.Ada));
        Assert.Empty(await ReadAsync(A.Ada));
    }

    [Fact]
    public async Task Consent_is_there_after_a_restart()
    {
        await AppendAsync(First(A.Consent(A.Ada)));

        await Storage.ReopenAsync();

        Assert.Single(await ReadAsync(A.Ada));
        Assert.True((await AppendAsync(Next(A.Consent(A.Ada), epoch: 1))).IsRepeat);
    }

    private static ConsentAppend First(ConsentEntry entry, params IdentifierHash[] identifiers) =>
        new() { Entry = entry, IsNewProfile = true, ExpectedEpoch = 0, NewIdentifiers = identifiers };

    private static ConsentAppend Next(ConsentEntry entry, long epoch) =>
        new() { Entry = entry, IsNewProfile = false, ExpectedEpoch = epoch };

    private async Task<ConsentAppended> AppendAsync(ConsentAppend append) => await Storage.Consents.AppendAsync(append, Cancellation);

    private async Task<IReadOnlyList<ConsentEntry>> ReadAsync(ProfileId profile) =>
        Assert.Single(await Storage.Consents.ReadAsync(A.Tenant, [profile], Cancellation));
}
