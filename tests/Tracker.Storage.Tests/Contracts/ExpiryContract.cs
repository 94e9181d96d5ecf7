using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class ExpiryContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    [Trait("Compliance", "R-012")]
    public async Task Everything_of_a_profile_is_hidden_from_exactly_the_instant_its_time_has_passed()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Marketing), Contact = A.Contact(A.Ada) }, A.Interaction(1, A.Ada));

        GoTo(A.InAMonth.AddMilliseconds(-1));
        Assert.Equal((1, true, true, true), await VisibleAsync());

        GoTo(A.InAMonth);
        Assert.Equal((0, false, false, false), await VisibleAsync());
    }

    [Fact]
    [Trait("Compliance", "R-012")]
    [Trait("Compliance", "E46")]
    public async Task No_read_shows_what_is_past_its_end_however_long_the_sweeper_has_stood_still()
    {
        await FillAsync();
        await Storage.Policies.AddAsync(A.PolicyVersion(), Cancellation);
        await Storage.Rollouts.SaveAsync(A.Rollout(), [], fence: null, Cancellation);

        GoTo(A.InAMonth.AddYears(1));

        Assert.False(await ExistsAsync(1));
        Assert.Empty(await Storage.Profiles.ListAsync(new(A.Tenant, A.Ada, RetentionClass.Order, From: null, Until: null, After: null, 9), Cancellation));
        Assert.Null(await Storage.Profiles.FindKeyAsync(A.Tenant, A.Key(1).Hash, Cancellation));
        Assert.Empty(await Storage.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 9, Cancellation));
        Assert.Empty(await Storage.Identities.ListProfilesAsync(A.Tenant, after: null, 9, Cancellation));
        Assert.Null(await FindProfileAsync(A.Identifier(1)));
        Assert.Empty((await Storage.Consents.ReadAsync(A.Tenant, [A.Ada], Cancellation))[0]);
        Assert.Null(await Storage.Consents.FindRepeatAsync(A.Tenant, A.Consent(A.Ada).RequestHash, Cancellation));
        Assert.Null(await Storage.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation));
        Assert.Null(await Storage.Policies.FindAsync(A.Tenant, A.PolicyVersion().Sha256, Cancellation));
        Assert.Null(await Storage.Rollouts.FindAsync(A.Tenant, Cancellation));
        Assert.Equal((0, false, false, false), await VisibleAsync());
    }

    [Theory]
    [InlineData(-11)]
    [InlineData(0)]
    [InlineData(14)]
    [Trait("Compliance", "E45")]
    public async Task End_that_is_given_in_local_time_is_the_instant_it_names(int hours)
    {
        await CommitAsync(MicroBatches.Anonymous(A.Interaction(1, until: A.InAMonth.ToOffset(TimeSpan.FromHours(hours)))));

        GoTo(A.InAMonth.AddMilliseconds(-1));
        Assert.Empty((await SweepAsync()).Deleted);
        Assert.Equal(A.InAMonth, Assert.Single(await FindAsync(1)).ExpireAt);

        GoTo(A.InAMonth);
        Assert.Empty(await FindAsync(1));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Record]);
    }

    [Fact]
    public async Task Sweep_deletes_what_is_due_and_counts_it_by_kind()
    {
        await FillAsync();
        GoTo(A.InAMonth);

        var swept = await SweepAsync();

        Assert.True(swept.IsDone);
        Assert.Equal(
            [(ExpiredKind.Record, 2), (ExpiredKind.Control, 1), (ExpiredKind.Identifier, 1), (ExpiredKind.Contact, 1), (ExpiredKind.Consent, 1), (ExpiredKind.Notice, 1), (ExpiredKind.Key, 1), (ExpiredKind.Count, 1), (ExpiredKind.CatalogEntry, 1)],
            swept.Deleted.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public async Task Swept_documents_are_gone_also_for_a_clock_that_is_set_back()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));
        var early = Storage.Time.GetUtcNow();
        GoTo(A.InAMonth);
        await SweepAsync();

        Storage.Time.AdjustTime(early);

        Assert.Equal((0, false, false, false), await VisibleAsync());
        Assert.Null(await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Sweep_leaves_alone_what_is_not_due()
    {
        await FillAsync();
        GoTo(A.InAMonth.AddMilliseconds(-1));

        var swept = await SweepAsync();

        Assert.Equal((true, 0), (swept.IsDone, swept.Deleted.Values.Sum()));
        Assert.Equal((2, true, true, true), await VisibleAsync());
    }

    [Fact]
    public async Task Sweep_stops_at_its_limit_and_goes_on_where_it_stopped()
    {
        await CommitAsync(MicroBatches.Anonymous([.. Enumerable.Range(1, 5).Select(number => A.Interaction(number))]));
        GoTo(A.InAMonth);

        var first = await SweepAsync(limit: 3);
        var second = await SweepAsync(limit: 3);

        Assert.Equal((false, 3), (first.IsDone, first.Deleted[ExpiredKind.Record]));
        Assert.Equal((true, 2), (second.IsDone, second.Deleted[ExpiredKind.Record]));
        Assert.Empty((await SweepAsync()).Deleted);
    }

    [Fact]
    public async Task What_comes_to_its_end_behind_a_sweep_goes_with_it()
    {
        await CommitAsync(MicroBatches.Anonymous([.. Enumerable.Range(1, 5).Select(number => A.Interaction(number))]));
        await CommitAsync(MicroBatches.Anonymous(A.Interaction(6, until: A.InAMonth.AddDays(-2))));
        GoTo(A.InAMonth.AddDays(-2));
        await SweepAsync();
        GoTo(A.InAMonth);
        await SweepAsync(limit: 3);

        await CommitAsync(MicroBatches.Anonymous(A.Interaction(7, until: A.InAMonth.AddDays(-1))));
        var deleted = 0;
        SweepResult swept;
        do
        {
            swept = await SweepAsync(limit: 3);
            deleted += swept.Deleted.Values.Sum();
        }
        while (!swept.IsDone);

        Assert.Equal(3, deleted);
    }

    [Fact]
    public async Task Sweep_in_single_steps_ends_in_the_same_state_as_one_sweep()
    {
        await FillAsync();
        GoTo(A.InAMonth);

        var deleted = 0;
        for (var isDone = false; !isDone;)
        {
            var swept = await SweepAsync(limit: 1);
            deleted += swept.Deleted.Values.Sum();
            isDone = swept.IsDone;
        }

        Assert.Equal(10, deleted);
        Assert.Equal(new Overdue(TimeSpan.Zero, 0), await MeasureAsync());
    }

    [Fact]
    public async Task Document_that_was_extended_is_swept_at_its_later_end()
    {
        var later = A.InAMonth.AddDays(10);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(2, A.Ada, until: later));
        GoTo(A.InAMonth);

        var first = await SweepAsync();
        GoTo(later);
        var second = await SweepAsync();

        Assert.False(first.Deleted.ContainsKey(ExpiredKind.Control));
        Assert.Equal(1, second.Deleted[ExpiredKind.Control]);
        Assert.True(second.IsDone);
    }

    [Fact]
    public async Task Duplicate_is_recognised_as_long_as_any_record_of_the_interaction_lives()
    {
        var both = RetentionClasses.Of([RetentionClass.Fiscal, RetentionClass.Marketing]);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(A.Record(1, A.Ada, RetentionClass.Fiscal, both), A.Record(1, A.Ada, RetentionClass.Marketing, both, until: A.Noon.AddDays(1))));

        GoTo(A.InAMonth.AddMilliseconds(-1));
        await SweepAsync();

        Assert.True(await ExistsAsync(1));
        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(1, A.Ada)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Interaction_may_be_stored_again_once_its_data_has_expired(bool isSwept)
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));
        GoTo(A.InAMonth);
        if (isSwept)
        {
            await SweepAsync();
        }

        Assert.False(await ExistsAsync(1));
        var answers = await CommitAsync(A.NewProfile(A.Bea, A.Identifier(1)), A.Interaction(1, A.Bea, until: A.InAMonth.AddDays(1)));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal(A.Bea, (await FindAsync(1)).Single().Profile);
        Assert.Equal(A.Bea, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Interaction_stored_again_outlives_the_sweep_of_what_it_replaced()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Order]));
        GoTo(A.InAMonth);
        await CommitAsync(A.NewProfile(A.Bea, A.Identifier(1)), A.Interaction(1, A.Bea, until: A.InAMonth.AddDays(1), classes: [RetentionClass.Fiscal]));

        await SweepAsync();

        Assert.True(await ExistsAsync(1));
        Assert.Equal([RetentionClass.Fiscal], (await FindAsync(1)).Select(record => record.Class));
        Assert.Equal(A.Bea, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task Record_under_a_hold_stays_and_keeps_its_profile()
    {
        var held = A.Record(1, A.Ada) with { ExpireAt = null, Holds = ["LEGAL_CLAIM"] };
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Marketing) }, A.Interaction(held));

        GoTo(A.Noon.AddYears(100));
        await SweepAsync();

        Assert.Equal(["LEGAL_CLAIM"], (await FindAsync(1)).Single().Holds);
        Assert.NotNull(await FindControlAsync(A.Ada));
        Assert.NotNull(await FindKeysAsync(A.Ada));
    }

    [Fact]
    [Trait("Compliance", "E46")]
    public async Task Overdue_is_what_waits_to_be_deleted_and_the_lag_is_of_the_oldest()
    {
        await CommitAsync(MicroBatches.Anonymous(A.Interaction(1), A.Interaction(2, until: A.InAMonth.AddDays(1))));
        Assert.Equal(new Overdue(TimeSpan.Zero, 0), await MeasureAsync());

        GoTo(A.InAMonth.AddDays(2));
        Assert.Equal(new Overdue(TimeSpan.FromDays(2), 2), await MeasureAsync());

        await SweepAsync(limit: 1);
        Assert.Equal(new Overdue(TimeSpan.FromDays(1), 1), await MeasureAsync());
    }

    [Fact]
    public async Task Document_that_was_extended_is_not_overdue()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(2, A.Ada, until: A.InAMonth.AddDays(10)));
        GoTo(A.InAMonth.AddDays(1));

        Assert.Equal(new Overdue(TimeSpan.FromDays(1), 1), await MeasureAsync());
        await SweepAsync();

        Assert.Equal(new Overdue(TimeSpan.Zero, 0), await MeasureAsync());
    }

    [Fact]
    public async Task Document_whose_end_has_moved_earlier_is_overdue_once()
    {
        var record = A.Record(1, A.Ada);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(record), A.Interaction(2, A.Ada, until: A.InAMonth.AddDays(9)));
        await Storage.Reviews.ApplyAsync(Revisions.Of(A.Ada) with { Rewritten = [record with { ExpireAt = A.Noon.AddDays(1) }] }, Cancellation);

        GoTo(A.InAMonth.AddDays(1));

        Assert.Equal(new Overdue(A.InAMonth - A.Noon, 1), await MeasureAsync());
    }

    private Task<Overdue> MeasureAsync() => Storage.Expiry.MeasureAsync(Cancellation);

    private async Task FillAsync()
    {
        await Storage.Notices.AddAsync(A.Notice(), Cancellation);
        await Storage.Counts.AppendAsync([A.Count(9)], Cancellation);
        await Storage.Catalog.UpsertAsync([A.Product()], Cancellation);
        await CommitAsync(
            A.NewProfile(A.Ada, A.Identifier(1)) with { NewKeys = A.Keys(RetentionClass.Marketing), Contact = A.Contact(A.Ada) },
            A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Order]));
        await Storage.Consents.AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 0 }, Cancellation);
    }

    private async Task<(int Records, bool Control, bool Keys, bool Contact)> VisibleAsync() => (
        (await FindAsync(1)).Count,
        await FindControlAsync(A.Ada) is not null,
        await FindKeysAsync(A.Ada) is not null,
        await FindContactAsync(A.Ada) is not null);
}
