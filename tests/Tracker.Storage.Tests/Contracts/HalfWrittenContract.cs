using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>An engine without atomic writes over several documents can leave an interaction half written.</summary>
public abstract class HalfWrittenContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly RetentionClasses Both = RetentionClasses.Of([RetentionClass.Fiscal, RetentionClass.Order]);

    [Fact]
    public async Task Repeat_completes_the_classes_that_the_first_write_left_out()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(A.Record(1, A.Ada, RetentionClass.Fiscal, Both)));

        var answers = await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Order]));

        Assert.Equal([CommitAnswer.Duplicate], answers);
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order], (await FindAsync(1)).Select(record => record.Class).Order());
    }

    [Fact]
    public async Task Repeat_never_adds_a_class_that_the_first_decision_did_not_allow()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(A.Record(1, A.Ada, RetentionClass.Fiscal, Both)));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada, classes: [RetentionClass.Order, RetentionClass.Marketing]));

        var records = await FindAsync(1);
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order], records.Select(record => record.Class).Order());
        Assert.All(records, record => Assert.Equal(Both, record.Classes));
    }

    [Fact]
    public async Task Repeat_leaves_the_record_that_is_there_as_it_is()
    {
        var first = A.Record(1, A.Ada, RetentionClass.Fiscal, Both);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(first));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada, until: A.InAMonth.AddDays(9), classes: [RetentionClass.Fiscal, RetentionClass.Order]));

        Assert.Equal(Snapshot.Of(first), Snapshot.Of((await FindAsync(1)).Single(record => record.Class == RetentionClass.Fiscal)));
    }

    [Fact]
    public async Task Profile_lives_as_long_as_what_was_completed()
    {
        var later = A.InAMonth.AddDays(9);
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(A.Record(1, A.Ada, RetentionClass.Fiscal, Both)));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada, until: later, classes: [RetentionClass.Order]));
        GoTo(later.AddSeconds(-1));

        Assert.Equal(later, (await FindControlAsync(A.Ada))?.ExpireAt);
        Assert.Equal([RetentionClass.Order], (await FindAsync(1)).Select(record => record.Class));
    }

    [Fact]
    public async Task Complete_interaction_gains_nothing()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal]));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Order]));

        Assert.Equal([RetentionClass.Fiscal], (await FindAsync(1)).Select(record => record.Class));
    }

    [Fact]
    public async Task Repeat_of_the_same_batch_completes_what_is_of_nobody()
    {
        var batch = MicroBatches.Anonymous(A.Interaction(A.Record(1, ofClass: RetentionClass.Fiscal, classes: Both)));
        await CommitAsync(batch);

        var answers = await CommitAsync(batch with { Interactions = [A.Interaction(1, classes: [RetentionClass.Fiscal, RetentionClass.Order])] });

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order], (await FindAsync(1)).Select(record => record.Class).Order());
    }

    [Fact]
    public async Task Deleted_class_does_not_come_back_with_a_repeat()
    {
        var write = A.Interaction(
            A.Record(1, A.Ada, RetentionClass.Fiscal, Both, until: A.InAMonth.AddYears(1)),
            A.Record(1, A.Ada, RetentionClass.Order, Both));
        await CommitAsync(A.NewProfile(A.Ada), write);
        GoTo(A.InAMonth);
        await SweepAsync();

        var answers = await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada, until: A.InAMonth.AddYears(1), classes: [RetentionClass.Fiscal, RetentionClass.Order]));

        Assert.Equal([CommitAnswer.Duplicate], answers);
        Assert.Equal([RetentionClass.Fiscal], (await FindAsync(1)).Select(record => record.Class));
    }
}
