using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>A review counts the end of a profile anew: what depends on it must not outlive what is left.</summary>
public abstract class ReviewStoreEndContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly DateTimeOffset Soon = A.Noon.AddDays(5);

    [Fact]
    public async Task Control_keys_and_identifiers_end_with_the_latest_of_what_is_left()
    {
        await FillAsync();

        await ApplyAsync(Revisions.Of(A.Ada) with { Deleted = [Revisions.Address(1)], DeletesContact = true });

        Assert.Equal((Soon, Soon), ((await FindControlAsync(A.Ada))!.ExpireAt, (await FindKeysAsync(A.Ada))!.ExpireAt));
        GoTo(Soon);
        Assert.Null(await FindProfileAsync(A.Identifier(1)));
        Assert.Equal([ExpiredKind.Record, ExpiredKind.Control, ExpiredKind.Identifier, ExpiredKind.Key], (await SweepAsync()).Deleted.Keys.Order());
    }

    [Fact]
    public async Task Profile_of_which_nothing_is_left_is_gone_at_once()
    {
        await FillAsync();

        await ApplyAsync(Revisions.Of(A.Ada) with { Deleted = [Revisions.Address(1), Revisions.Address(2, RetentionClass.Fiscal)], DeletesContact = true });

        Assert.Null(await FindControlAsync(A.Ada));
        Assert.Null(await FindProfileAsync(A.Identifier(1)));
        Assert.Equal([ExpiredKind.Control, ExpiredKind.Identifier, ExpiredKind.Key], (await SweepAsync()).Deleted.Keys.Order());
    }

    [Fact]
    public async Task A_part_of_a_review_ends_nothing_earlier_and_the_last_of_it_does()
    {
        await FillAsync();
        var before = (await FindControlAsync(A.Ada))!.ExpireAt;

        await ApplyAsync(Revisions.Of(A.Ada) with { IsPart = true, Deleted = [Revisions.Address(1)] });
        Assert.False(await ExistsAsync(1));
        Assert.Equal(before, (await FindControlAsync(A.Ada))!.ExpireAt);

        await ApplyAsync(Revisions.Of(A.Ada) with { DeletesContact = true });
        Assert.Equal((Soon, Soon), ((await FindControlAsync(A.Ada))!.ExpireAt, (await FindKeysAsync(A.Ada))!.ExpireAt));
    }

    [Fact]
    public async Task A_part_of_a_review_that_lets_a_record_live_longer_takes_the_profile_with_it()
    {
        await FillAsync();
        var later = A.Noon.AddYears(9);
        var record = (await Storage.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 9, Cancellation)).Single(stored => stored.Class == RetentionClass.Fiscal);

        await ApplyAsync(Revisions.Of(A.Ada) with { IsPart = true, Rewritten = [record with { ExpireAt = later }] });

        Assert.Equal((later, later), ((await FindControlAsync(A.Ada))!.ExpireAt, (await FindKeysAsync(A.Ada))!.ExpireAt));
    }

    [Fact]
    public async Task Contact_that_follows_the_stored_one_replaces_it()
    {
        await FillAsync();
        var contact = A.Contact(A.Ada, version: 2, until: A.Noon.AddDays(7));

        Assert.True(await ApplyAsync(Revisions.Of(A.Ada) with { Contact = contact, Deleted = [Revisions.Address(1)] }));

        Assert.Equal(Snapshot.Of(contact), Snapshot.Of(await FindContactAsync(A.Ada)));
        Assert.Equal(contact.ExpireAt, (await FindControlAsync(A.Ada))!.ExpireAt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Contact_that_does_not_follow_the_stored_one_makes_the_revision_stale(long version)
    {
        await FillAsync();

        Assert.False(await ApplyAsync(Revisions.Of(A.Ada) with { Contact = A.Contact(A.Ada, version), Deleted = [Revisions.Address(1)] }));

        Assert.True(await ExistsAsync(1));
    }

    [Fact]
    public async Task Contact_that_has_moved_since_it_was_read_is_not_deleted()
    {
        await FillAsync();
        await CommitAsync(A.KnownProfile(A.Ada) with { Contact = A.Contact(A.Ada, version: 2) }, A.Interaction(3, A.Ada));

        Assert.False(await ApplyAsync(Revisions.Of(A.Ada) with { DeletesContact = true, ReadContactVersion = 1 }));
        Assert.True(await ApplyAsync(Revisions.Of(A.Ada) with { DeletesContact = true, ReadContactVersion = 2 }));

        Assert.Null(await FindContactAsync(A.Ada));
    }

    [Fact]
    public async Task Key_of_an_emptied_class_is_destroyed_and_the_epoch_raised()
    {
        await FillAsync();

        await ApplyAsync(Revisions.Of(A.Ada) with { Deleted = [Revisions.Address(1)], EmptiedClasses = RetentionClasses.Of([RetentionClass.Marketing]) });

        Assert.Equal([RetentionClass.Fiscal], (await FindKeysAsync(A.Ada))!.Keys.Keys);
        Assert.Equal([CommitAnswer.Stale], await CommitAsync(A.KnownProfile(A.Ada, epoch: 0), A.Interaction(3, A.Ada)));
        Assert.Equal(1, (await FindControlAsync(A.Ada))!.ConsentEpoch);
    }

    [Fact]
    public async Task Key_stays_where_something_of_its_class_has_arrived_since()
    {
        await FillAsync();
        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(3, A.Ada));

        await ApplyAsync(Revisions.Of(A.Ada) with { Deleted = [Revisions.Address(1)], EmptiedClasses = RetentionClasses.Of([RetentionClass.Marketing, RetentionClass.Contact]) });

        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Marketing], (await FindKeysAsync(A.Ada))!.Keys.Keys.Order());
        Assert.Equal(0, (await FindControlAsync(A.Ada))!.ConsentEpoch);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Key_of_evidence_stays_as_long_as_an_age_is_sealed_with_it(bool hasAge)
    {
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Evidence), SealedAge = hasAge ? new byte[] { 1 } : null }, A.Interaction(1, A.Ada));

        await ApplyAsync(Revisions.Of(A.Ada) with { EmptiedClasses = RetentionClasses.Of([RetentionClass.Evidence]) });

        Assert.Equal(hasAge, await FindKeysAsync(A.Ada) is not null);
    }

    [Fact]
    public async Task Ledger_entry_gets_its_new_end_and_takes_request_and_profile_with_it()
    {
        await Storage.Notices.AddAsync(A.Notice(), Cancellation);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        var entry = A.Consent(A.Ada) with { ExpireAt = null, Holds = [ConsentHold.Active] };
        await AppendAsync(entry, epoch: 0);
        var later = A.InAMonth.AddDays(20);

        await ApplyAsync(Revisions.Of(A.Ada, epoch: 1) with { RestampedEntries = new Dictionary<ConsentId, DateTimeOffset?> { [entry.Id] = later } });

        var stored = Assert.Single((await Storage.Consents.ReadAsync(A.Tenant, [A.Ada], Cancellation))[0]);
        Assert.Equal((later, 0), (stored.ExpireAt, stored.Holds.Count));
        Assert.Equal(later, (await FindControlAsync(A.Ada))!.ExpireAt);
        GoTo(later);
        Assert.Null(await Storage.Consents.FindRepeatAsync(A.Tenant, entry.RequestHash, Cancellation));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Consent]);
    }

    [Fact]
    public async Task Ledger_entry_without_an_end_is_held_by_the_legal_holds_on_evidence()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        var entry = A.Consent(A.Ada);
        await AppendAsync(entry, epoch: 0);
        ProfileHold[] holds = [new("case-1", RetentionClasses.Of([RetentionClass.Evidence])), new("case-2", RetentionClasses.Of([RetentionClass.Fiscal]))];
        await Storage.Reviews.ChangeHoldsAsync(A.Tenant, A.Ada, 1, holds, isRestricted: true, [], Cancellation);

        await ApplyAsync(Revisions.Of(A.Ada, epoch: 2) with { RestampedEntries = new Dictionary<ConsentId, DateTimeOffset?> { [entry.Id] = null } });

        var stored = Assert.Single((await Storage.Consents.ReadAsync(A.Tenant, [A.Ada], Cancellation))[0]);
        Assert.Null(stored.ExpireAt);
        Assert.Equal(["case-1"], stored.Holds);
    }

    private async Task FillAsync() => await CommitAsync(
        A.NewProfile(A.Ada, A.Identifier(1)) with { NewKeys = A.Keys(RetentionClass.Fiscal, RetentionClass.Marketing), Contact = A.Contact(A.Ada) },
        A.Interaction(1, A.Ada),
        A.Interaction(2, A.Ada, until: Soon, classes: [RetentionClass.Fiscal]));

    private Task<bool> ApplyAsync(ProfileRevision revision) => Storage.Reviews.ApplyAsync(revision, Cancellation);

    private Task<ConsentAppended> AppendAsync(ConsentEntry entry, long epoch) =>
        Storage.Consents.AppendAsync(new ConsentAppend { Entry = entry, IsNewProfile = false, ExpectedEpoch = epoch }, Cancellation);
}
