using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>A legal hold keeps what there is from the instant it is on the profile.</summary>
public abstract class ReviewStoreHoldContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly ProfileHold Case = new("case-1", RetentionClasses.Of([RetentionClass.Marketing]));

    private static readonly DateTimeOffset Tomorrow = A.Noon.AddDays(1);

    [Fact]
    public async Task Holds_and_restriction_are_on_the_profile_with_their_errands_and_a_new_epoch()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        Assert.True(await ChangeAsync(epoch: 0, isRestricted: true, [new(A.Tenant, A.Ada, A.Noon)], Case));
        await Storage.ReopenAsync();

        var control = await FindControlAsync(A.Ada);
        Assert.Equal((1, true, Case), (control!.ConsentEpoch, control.IsRestricted, Assert.Single(control.Holds)));
        Assert.Single(await Storage.Errands.ReadDueAsync(A.Noon, 9, Cancellation));
    }

    [Fact]
    public async Task Holds_decided_under_another_epoch_or_for_a_profile_that_is_gone_change_nothing()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        Assert.False(await ChangeAsync(epoch: 3, isRestricted: true, [new(A.Tenant, A.Ada, A.Noon)], Case));
        Assert.False(await Storage.Reviews.ChangeHoldsAsync(A.Tenant, A.Bea, 0, [Case], isRestricted: false, [], Cancellation));

        Assert.Empty((await FindControlAsync(A.Ada))!.Holds);
        Assert.Empty(await Storage.Errands.ReadDueAsync(A.Noon, 9, Cancellation));
    }

    [Fact]
    public async Task What_was_decided_before_a_hold_is_not_written_after_it()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        await ChangeAsync(epoch: 0, isRestricted: false, [], Case);

        Assert.Equal([CommitAnswer.Stale], await CommitAsync(A.KnownProfile(A.Ada, epoch: 0), A.Interaction(2, A.Ada)));
    }

    [Fact]
    public async Task Profile_with_a_hold_does_not_expire_and_neither_do_its_keys_and_identifiers()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)) with { NewKeys = A.Keys(RetentionClass.Marketing) }, A.Interaction(1, A.Ada));
        await ChangeAsync(epoch: 0, isRestricted: false, [], Case);
        await CommitAsync(A.KnownProfile(A.Ada, epoch: 1), A.Interaction(2, A.Ada));

        GoTo(A.Noon.AddYears(100));
        await SweepAsync();

        Assert.NotNull(await FindControlAsync(A.Ada));
        Assert.NotNull(await FindKeysAsync(A.Ada));
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Profile_ends_with_what_is_left_under_it_once_the_last_hold_is_released()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));
        await ChangeAsync(epoch: 0, isRestricted: true, [], Case, new("case-2", Case.Classes));
        await ChangeAsync(epoch: 1, isRestricted: true, [], Case);
        Assert.True((await FindControlAsync(A.Ada))!.ExpireAt > A.InAMonth);

        await ChangeAsync(epoch: 2, isRestricted: false, []);

        Assert.Equal((A.InAMonth, false), ((await FindControlAsync(A.Ada))!.ExpireAt, (await FindControlAsync(A.Ada))!.IsRestricted));
    }

    [Fact]
    public async Task Released_profile_of_which_nothing_is_left_is_gone_at_once()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal]));
        await ChangeAsync(epoch: 0, isRestricted: false, [], Case);
        GoTo(A.InAMonth);
        await SweepAsync();

        Assert.True(await ChangeAsync(epoch: 1, isRestricted: false, []));

        Assert.Null(await FindControlAsync(A.Ada));
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task Hold_that_is_placed_between_the_end_of_a_record_and_its_deletion_wins()
    {
        var record = A.Record(1, A.Ada, until: Tomorrow);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(record), A.Interaction(2, A.Ada));
        GoTo(Tomorrow);
        await ChangeAsync(epoch: 0, isRestricted: false, [], Case);

        Assert.False((await SweepAsync()).Deleted.ContainsKey(ExpiredKind.Record));
        var listed = await Storage.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 9, Cancellation);
        await Storage.Reviews.ApplyAsync(Revisions.Of(A.Ada, epoch: 1) with { Rewritten = [.. listed.Select(Held)] }, Cancellation);
        GoTo(A.Noon.AddYears(20));
        await SweepAsync();

        Assert.Equal(["case-1"], Assert.Single(await FindAsync(1)).Holds);
        Assert.True(await ExistsAsync(1));
        Assert.True(await ExistsAsync(2));
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task Repeat_does_not_take_the_place_of_what_a_hold_has_saved()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: Tomorrow), A.Interaction(2, A.Ada));
        GoTo(Tomorrow);
        await ChangeAsync(epoch: 0, isRestricted: false, [], Case);

        var answers = await CommitAsync(A.NewProfile(A.Bea), A.Interaction(1, A.Bea));

        Assert.Equal([CommitAnswer.Duplicate], answers);
        Assert.Equal(2, (await Storage.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 9, Cancellation)).Count);
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task What_had_expired_when_the_key_of_its_class_was_destroyed_is_not_brought_back_by_a_hold()
    {
        await CommitAsync(
            A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Marketing, RetentionClass.Contact), Contact = A.Contact(A.Ada) with { ExpireAt = Tomorrow } },
            A.Interaction(1, A.Ada, until: Tomorrow),
            A.Interaction(2, A.Ada, classes: [RetentionClass.Fiscal]));
        GoTo(Tomorrow);
        await Storage.Reviews.ApplyAsync(Revisions.Of(A.Ada) with { EmptiedClasses = RetentionClasses.Of([RetentionClass.Marketing, RetentionClass.Contact]) }, Cancellation);
        var all = new ProfileHold("case-2", RetentionClasses.Of([RetentionClass.Marketing, RetentionClass.Contact, RetentionClass.Fiscal]));

        await ChangeAsync(epoch: 1, isRestricted: false, [], all);

        Assert.Equal(RetentionClass.Fiscal, Assert.Single(await Storage.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 9, Cancellation)).Class);
        Assert.Null(await Storage.Reviews.FindContactAsync(A.Tenant, A.Ada, Cancellation));
        Assert.False(await ExistsAsync(1));
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task Hold_on_some_classes_saves_nothing_of_the_others()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: Tomorrow, classes: [RetentionClass.Fiscal]), A.Interaction(2, A.Ada));
        GoTo(Tomorrow);
        await ChangeAsync(epoch: 0, isRestricted: false, [], Case);

        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Record]);
    }

    [Fact]
    [Trait("Compliance", "E21")]
    [Trait("Compliance", "R-012")]
    public async Task What_a_hold_has_saved_stays_invisible_and_is_deleted_when_the_hold_goes_before_it_was_written_on_it()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: Tomorrow), A.Interaction(2, A.Ada));
        GoTo(Tomorrow);
        await ChangeAsync(epoch: 0, isRestricted: false, [], Case);
        await SweepAsync();
        Assert.Empty(await FindAsync(1));

        await ChangeAsync(epoch: 1, isRestricted: false, []);
        GoTo(Tomorrow.AddHours(1));

        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Record]);
    }

    private static InteractionRecord Held(InteractionRecord record) => record with { ExpireAt = null, Holds = ["case-1"] };

    private Task<bool> ChangeAsync(long epoch, bool isRestricted, IReadOnlyList<Errand> errands, params ProfileHold[] holds) =>
        Storage.Reviews.ChangeHoldsAsync(A.Tenant, A.Ada, epoch, holds, isRestricted, errands, Cancellation);
}
