using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>When what a decision rested on has changed, nothing of it may be written.</summary>
public abstract class StaleCommitContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Commit_decided_under_another_epoch_is_stale_and_leaves_nothing()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.KnownProfile(A.Ada, epoch: 1, A.Identifier(1)), A.Interaction(2, A.Ada));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.False(await ExistsAsync(2));
        Assert.Null(await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Commit_decided_on_an_age_that_has_been_stated_anew_since_is_stale_and_writes_no_other_over_it()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada) with { SealedAge = new byte[] { 1 } }, A.Interaction(2, A.Ada));

        var answers = await CommitAsync(A.KnownProfile(A.Ada) with { SealedAge = new byte[] { 2 } }, A.Interaction(3, A.Ada));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Equal([1], (await FindControlAsync(A.Ada))!.SealedAge.ToArray());
    }

    [Fact]
    public async Task Commit_for_a_profile_that_is_not_there_is_stale()
    {
        var answers = await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Null(await FindControlAsync(A.Ada));
    }

    [Fact]
    public async Task Commit_for_a_profile_that_has_expired_is_stale()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        GoTo(A.InAMonth);

        var answers = await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(2, A.Ada, until: A.InAMonth.AddDays(1)));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.False(await ExistsAsync(2));
    }

    [Fact]
    public async Task Profile_that_is_new_to_two_commits_is_stale_for_the_second()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.NewProfile(A.Ada), A.Interaction(2, A.Ada));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.False(await ExistsAsync(2));
    }

    [Fact]
    public async Task New_profile_with_an_identifier_that_is_known_by_now_is_stale()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.NewProfile(A.Bea, A.Identifier(1)), A.Interaction(2, A.Bea));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
        Assert.Null(await FindControlAsync(A.Bea));
    }

    [Fact]
    public async Task Two_new_profiles_of_one_batch_cannot_share_an_identifier()
    {
        var batch = MicroBatches.Of(
            [A.NewProfile(A.Ada, A.Identifier(1)), A.NewProfile(A.Bea, A.Identifier(1))],
            A.Interaction(1, A.Ada),
            A.Interaction(2, A.Bea));

        var answers = await CommitAsync(batch);

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Stale], answers);
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Identifier_that_leads_to_someone_else_by_now_makes_the_commit_stale()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));
        await CommitAsync(A.NewProfile(A.Bea, A.Identifier(2)), A.Interaction(2, A.Bea));

        var answers = await CommitAsync(A.KnownProfile(A.Bea, epoch: 0, A.Identifier(1)), A.Interaction(3, A.Bea));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
        Assert.Equal([A.Identifier(2)], (await FindControlAsync(A.Bea))!.Identifiers);
    }

    [Fact]
    public async Task Identifier_that_leads_to_the_same_profile_by_now_is_no_obstacle()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.KnownProfile(A.Ada, epoch: 0, A.Identifier(1)), A.Interaction(2, A.Ada));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal([A.Identifier(1)], (await FindControlAsync(A.Ada))!.Identifiers);
    }

    [Fact]
    public async Task Key_that_has_come_into_being_since_makes_the_commit_stale()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Fiscal) }, A.Interaction(1, A.Ada));
        var before = Snapshot.Of(await FindKeysAsync(A.Ada));

        var answers = await CommitAsync(A.KnownProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Fiscal, RetentionClass.Order) }, A.Interaction(2, A.Ada));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Equal(before, Snapshot.Of(await FindKeysAsync(A.Ada)));
    }

    [Fact]
    public async Task Contact_that_does_not_follow_the_stored_version_makes_the_commit_stale()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contact = A.Contact(A.Ada) }, A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.KnownProfile(A.Ada) with { Contact = A.Contact(A.Ada, version: 1, until: A.InAMonth.AddDays(5)) }, A.Interaction(2, A.Ada));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Equal(A.InAMonth, (await FindContactAsync(A.Ada))?.ExpireAt);
        Assert.False(await ExistsAsync(2));
    }

    [Fact]
    public async Task Stale_profile_does_not_hold_up_the_others_of_its_batch()
    {
        var batch = MicroBatches.Of(
            [A.KnownProfile(A.Ada), A.NewProfile(A.Bea)],
            A.Interaction(1, A.Ada),
            A.Interaction(2, A.Bea),
            A.Interaction(3, A.Ada),
            A.Interaction(4));

        var answers = await CommitAsync(batch);

        Assert.Equal([CommitAnswer.Stale, CommitAnswer.Stored, CommitAnswer.Stale, CommitAnswer.Stored], answers);
        Assert.NotNull(await FindControlAsync(A.Bea));
    }

    [Fact]
    public async Task Duplicate_makes_the_other_interactions_of_its_profile_stale()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.KnownProfile(A.Ada, epoch: 0, A.Identifier(1)), A.Interaction(2, A.Ada), A.Interaction(1, A.Ada));

        Assert.Equal([CommitAnswer.Stale, CommitAnswer.Duplicate], answers);
        Assert.False(await ExistsAsync(2));
        Assert.Empty((await FindControlAsync(A.Ada))!.Identifiers);
    }

    [Fact]
    public async Task Profile_with_nothing_but_duplicates_is_not_changed()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada), A.Interaction(2, A.Ada));
        var before = Snapshot.Of(await FindControlAsync(A.Ada));

        var answers = await CommitAsync(A.NewProfile(A.Bea, A.Identifier(1)), A.Interaction(1, A.Bea), A.Interaction(2, A.Bea));

        Assert.Equal([CommitAnswer.Duplicate, CommitAnswer.Duplicate], answers);
        Assert.Equal(before, Snapshot.Of(await FindControlAsync(A.Ada)));
        Assert.Null(await FindProfileAsync(A.Identifier(1)));
    }
}
