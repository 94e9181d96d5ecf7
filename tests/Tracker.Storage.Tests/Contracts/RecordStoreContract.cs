using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class RecordStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Stored_interaction_is_found_with_every_field_and_all_its_classes()
    {
        var write = A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Order]);

        var answers = await CommitAsync(A.NewProfile(A.Ada), write);

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal(write.Records.Select(Snapshot.Of), (await FindAsync(1)).OrderBy(record => record.Class).Select(Snapshot.Of));
    }

    [Fact]
    public async Task Only_what_is_stored_exists_in_the_order_asked()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada), A.Interaction(3, A.Ada));

        var exist = await Storage.Records.ExistAsync(A.Tenant, [A.Key(3), A.Key(2), A.Key(1)], Cancellation);

        Assert.Equal([true, false, true], exist);
    }

    [Fact]
    public async Task Interaction_exists_for_its_own_tenant_only()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        Assert.True(await ExistsAsync(1));
        Assert.False(await ExistsAsync(1, A.OtherTenant));
        Assert.Empty(await FindAsync(1, A.OtherTenant));
    }

    [Fact]
    public async Task Repeat_in_another_batch_is_a_duplicate_and_changes_nothing()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        var before = Snapshot.Of(await FindAsync(1));

        var answers = await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada, until: A.InAMonth.AddYears(1), classes: [RetentionClass.Fiscal]));

        Assert.Equal([CommitAnswer.Duplicate], answers);
        Assert.Equal(before, Snapshot.Of(await FindAsync(1)));
        Assert.Equal(A.InAMonth, (await FindControlAsync(A.Ada))?.ExpireAt);
    }

    [Fact]
    public async Task Own_batch_written_again_is_answered_Stored_and_stored_once()
    {
        var batch = MicroBatches.Of(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada), A.Interaction(2, A.Ada));
        await CommitAsync(batch);

        var answers = await CommitAsync(batch);

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Stored], answers);
        Assert.Single(await FindAsync(1));
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_interactions()
    {
        await CommitAsync(MicroBatches.Anonymous(A.Interaction(2)));

        var answers = await CommitAsync(MicroBatches.Of(A.KnownProfile(A.Ada), A.Interaction(1), A.Interaction(2), A.Interaction(3, A.Ada)));

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Duplicate, CommitAnswer.Stale], answers);
    }

    [Fact]
    public async Task Interaction_without_a_person_leaves_no_control()
    {
        var answers = await CommitAsync(MicroBatches.Anonymous(A.Interaction(1)));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.True((await FindAsync(1)).Single().Profile.IsNone);
        Assert.Null(await FindControlAsync(ProfileId.None));
    }

    [Fact]
    public async Task Interaction_of_a_profile_without_its_change_is_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(MicroBatches.Anonymous(A.Interaction(1, A.Ada))));

        Assert.False(await ExistsAsync(1));
    }

    [Fact]
    public async Task Records_of_one_interaction_must_agree_on_whose_they_are()
    {
        var write = A.Interaction(A.Record(1), A.Record(1, tenant: A.OtherTenant, ofClass: RetentionClass.Fiscal));

        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(MicroBatches.Anonymous(write)));

        Assert.False(await ExistsAsync(1));
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    [Trait("Compliance", "E45")]
    public async Task Record_with_neither_an_end_nor_a_hold_is_refused_with_all_of_its_batch()
    {
        var unending = A.Interaction(A.Record(2) with { ExpireAt = null });

        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(MicroBatches.Anonymous(A.Interaction(1), unending)));

        Assert.False(await ExistsAsync(1));
        Assert.False(await ExistsAsync(2));
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    [Trait("Compliance", "E45")]
    public async Task Record_with_both_an_end_and_a_hold_is_refused()
    {
        var both = A.Interaction(A.Record(1) with { Holds = ["LEGAL_CLAIM"] });

        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(MicroBatches.Anonymous(both)));

        Assert.False(await ExistsAsync(1));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));

        await Storage.ReopenAsync();

        Assert.Single(await FindAsync(1));
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada)));
    }

    [Fact]
    public async Task Writers_at_the_same_time_store_each_interaction_once()
    {
        var commits = Enumerable.Range(0, 8).Select(_ => Task.Run(() => CommitAsync(MicroBatches.Anonymous(A.Interaction(1)))));

        var answers = (await Task.WhenAll(commits)).Select(Assert.Single).ToList();

        Assert.Single(answers, CommitAnswer.Stored);
        Assert.Equal(7, answers.Count(answer => answer == CommitAnswer.Duplicate));
    }
}
