using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>Which profiles are one person, and that whoever decided before that was known decides again.</summary>
public abstract class PersonStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly ProfileLink Link = new()
    {
        Id = new(new Guid(5, 0, 0, new byte[8])),
        First = A.Ada,
        Second = A.Bea,
        LinkedAt = A.Noon,
        Source = new("crm"),
        CaseReference = "ticket 7",
    };

    private static readonly ProfileLink Undone = Link with { Id = new(new Guid(6, 0, 0, new byte[8])), Undoes = Link.Id, CaseReference = "" };

    [Fact]
    public async Task Links_and_members_stand_on_every_control_and_no_end_moves()
    {
        await CommitPeopleAsync();
        var (ada, bea) = (await FindControlAsync(A.Ada), await FindControlAsync(A.Bea));

        Assert.True(await MergeAsync());

        Assert.Equal(
            Snapshot.Of(ada! with { PersonEpoch = 1, Links = [Link], Members = [A.Bea] }),
            Snapshot.Of(await FindControlAsync(A.Ada)));
        Assert.Equal(
            Snapshot.Of(bea! with { PersonEpoch = 1, Links = [Link], Members = [A.Ada] }),
            Snapshot.Of(await FindControlAsync(A.Bea)));
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
        Assert.Equal(A.Bea, await FindProfileAsync(A.Identifier(2)));
    }

    [Fact]
    public async Task What_was_decided_before_a_merge_is_stale_for_both()
    {
        await CommitPeopleAsync();

        await MergeAsync();

        Assert.Equal([CommitAnswer.Stale], await CommitAsync(A.KnownProfile(A.Ada, epoch: 0), A.Interaction(3, A.Ada)));
        Assert.Equal([CommitAnswer.Stale], await CommitAsync(A.KnownProfile(A.Bea, epoch: 0), A.Interaction(4, A.Bea)));
        Assert.Equal([CommitAnswer.Stored], await CommitAsync(A.KnownProfile(A.Bea, epoch: 1), A.Interaction(4, A.Bea)));
    }

    [Fact]
    public async Task What_was_decided_before_an_unmerge_is_stale_too_and_the_log_stays()
    {
        await CommitPeopleAsync();
        await MergeAsync();

        Assert.True(await ChangeAsync(await StateAsync(A.Ada, [Link, Undone]), await StateAsync(A.Bea, [Link, Undone])));

        Assert.Equal([CommitAnswer.Stale], await CommitAsync(A.KnownProfile(A.Ada, epoch: 1), A.Interaction(3, A.Ada)));
        var control = await FindControlAsync(A.Ada);
        Assert.Empty(control!.Members);
        Assert.Equal(2, control.Links.Count);
        Assert.Equal((2, 2), (control.PersonEpoch, control.DecisionEpoch));
    }

    [Fact]
    public async Task Where_one_has_moved_since_it_was_read_nothing_is_written_to_any()
    {
        await CommitPeopleAsync();
        var (ada, bea) = (await StateAsync(A.Ada, [Link], A.Bea), await StateAsync(A.Bea, [Link], A.Ada));
        await AppendAsync(Of(A.Bea, epoch: 0));

        Assert.False(await ChangeAsync(ada, bea));

        Assert.Empty((await FindControlAsync(A.Ada))!.Members);
        Assert.Equal(0, (await FindControlAsync(A.Ada))!.DecisionEpoch);
        Assert.Empty(await ErrandsAsync());
    }

    [Fact]
    public async Task Where_one_is_gone_nothing_is_written_to_the_other()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: A.InAMonth.AddDays(1)));
        await CommitAsync(A.NewProfile(A.Bea), A.Interaction(2, A.Bea));
        var (ada, bea) = (await StateAsync(A.Ada, [Link], A.Bea), await StateAsync(A.Bea, [Link], A.Ada));
        GoTo(A.InAMonth);

        Assert.False(await ChangeAsync(ada, bea));

        Assert.Empty((await FindControlAsync(A.Ada))!.Links);
    }

    [Fact]
    public async Task Both_are_looked_at_when_the_change_asks_for_it()
    {
        await CommitPeopleAsync();

        await MergeAsync(A.Noon.AddHours(1), A.Noon.AddHours(2));

        Assert.Equal(
            [Of(A.Ada, 1), Of(A.Bea, 1), Of(A.Ada, 2), Of(A.Bea, 2)],
            (await ErrandsAsync()).OrderBy(errand => errand.DueAt).ThenBy(errand => errand.Profile));
    }

    [Fact]
    public async Task Decision_of_one_makes_stale_what_was_decided_for_the_other_and_is_looked_after_there()
    {
        await CommitPeopleAsync();
        await MergeAsync();

        var appended = await AppendAsync(Of(A.Ada, epoch: 1) with { Members = [A.Bea], Reviews = [A.Noon.AddHours(1)] });

        Assert.Equal(1, appended.ConsentEpoch);
        Assert.Equal([CommitAnswer.Stale], await CommitAsync(A.KnownProfile(A.Bea, epoch: 1), A.Interaction(3, A.Bea)));
        Assert.Equal([CommitAnswer.Stored], await CommitAsync(A.KnownProfile(A.Bea, epoch: 2), A.Interaction(3, A.Bea)));
        var other = await FindControlAsync(A.Bea);
        Assert.Equal((0, 2), (other!.ConsentEpoch, other.PersonEpoch));
        Assert.Equal([Of(A.Ada, 1), Of(A.Bea, 1)], (await ErrandsAsync()).OrderBy(errand => errand.Profile));
    }

    [Fact]
    public async Task What_one_states_in_a_micro_batch_makes_stale_what_comes_after_it_for_the_other()
    {
        await CommitPeopleAsync();
        await MergeAsync();
        ProfileChange[] changes = [A.KnownProfile(A.Ada, epoch: 1) with { Members = [A.Bea] }, A.KnownProfile(A.Bea, epoch: 1)];

        var answers = await CommitAsync(MicroBatches.Of(changes, A.Interaction(3, A.Ada), A.Interaction(4, A.Bea)));

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Stale], answers);
        Assert.Equal(2, (await FindControlAsync(A.Bea))!.PersonEpoch);
    }

    [Fact]
    public async Task What_one_states_in_a_micro_batch_takes_nothing_from_what_came_before_it_for_the_other()
    {
        await CommitPeopleAsync();
        await MergeAsync();
        ProfileChange[] changes = [A.KnownProfile(A.Bea, epoch: 1, A.Identifier(7)), A.KnownProfile(A.Ada, epoch: 1) with { Members = [A.Bea] }];

        var answers = await CommitAsync(MicroBatches.Of(changes, A.Interaction(4, A.Bea, until: A.InAMonth.AddDays(9)), A.Interaction(3, A.Ada)));

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Stored], answers);
        var bea = await FindControlAsync(A.Bea);
        Assert.Equal((2, A.InAMonth.AddDays(9)), (bea!.PersonEpoch, bea.ExpireAt));
        Assert.Contains(A.Identifier(7), bea.Identifiers);
    }

    [Fact]
    public async Task Decision_that_was_prepared_before_the_merge_is_stale()
    {
        await CommitPeopleAsync();
        var append = Of(A.Ada, epoch: 0);
        await MergeAsync();

        Assert.Null((await AppendAsync(append)).Entry);
    }

    [Fact]
    public async Task Restriction_of_one_makes_stale_what_was_decided_for_the_other()
    {
        await CommitPeopleAsync();
        await MergeAsync();

        Assert.True(await Storage.Reviews.ChangeHoldsAsync(A.Tenant, A.Ada, 1, [], isRestricted: true, [], Cancellation));

        Assert.Equal([CommitAnswer.Stale], await CommitAsync(A.KnownProfile(A.Bea, epoch: 1), A.Interaction(3, A.Bea)));
        Assert.False((await FindControlAsync(A.Bea))!.IsRestricted);
    }

    [Fact]
    public async Task Decision_is_taken_where_the_other_has_expired()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada, until: A.InAMonth.AddDays(1)));
        await CommitAsync(A.NewProfile(A.Bea), A.Interaction(2, A.Bea));
        await MergeAsync();
        GoTo(A.InAMonth);

        var appended = await AppendAsync(new() { Entry = A.Consent(A.Ada, until: A.InAMonth.AddDays(9)), IsNewProfile = false, ExpectedEpoch = 1, Members = [A.Bea] });

        Assert.NotNull(appended.Entry);
        Assert.Null(await FindControlAsync(A.Bea));
    }

    [Fact]
    public async Task Decisions_of_two_who_are_one_at_the_same_time_are_both_taken()
    {
        await CommitPeopleAsync();
        await MergeAsync();

        await Task.WhenAll(DecideAsync(A.Ada, A.Bea, from: 10), DecideAsync(A.Bea, A.Ada, from: 20));

        var (ada, bea) = (await FindControlAsync(A.Ada), await FindControlAsync(A.Bea));
        Assert.Equal((5, 6, 5, 6), (ada!.ConsentEpoch, ada.PersonEpoch, bea!.ConsentEpoch, bea.PersonEpoch));
    }

    private async Task DecideAsync(ProfileId profile, ProfileId other, int from)
    {
        for (var request = from; request < from + 5; request++)
        {
            ConsentAppended? appended = null;
            while (appended?.Entry is null)
            {
                var control = await FindControlAsync(profile);
                appended = await AppendAsync(new()
                {
                    Entry = A.Consent(profile, request: request),
                    IsNewProfile = false,
                    ExpectedEpoch = control!.DecisionEpoch,
                    Members = [other],
                });
            }
        }
    }

    private static Errand Of(ProfileId profile, int hours) => new(A.Tenant, profile, A.Noon.AddHours(hours));

    private static ConsentAppend Of(ProfileId profile, long epoch) => new() { Entry = A.Consent(profile), IsNewProfile = false, ExpectedEpoch = epoch };

    private Task<ConsentAppended> AppendAsync(ConsentAppend append) => Storage.Consents.AppendAsync(append, Cancellation);

    private Task<IReadOnlyList<Errand>> ErrandsAsync() => Storage.Errands.ReadDueAsync(A.InAMonth, 100, Cancellation);

    private async Task CommitPeopleAsync() => await CommitAsync(MicroBatches.Of(
        [A.NewProfile(A.Ada, A.Identifier(1)), A.NewProfile(A.Bea, A.Identifier(2))],
        A.Interaction(1, A.Ada),
        A.Interaction(2, A.Bea)));

    private async Task<bool> MergeAsync(params DateTimeOffset[] reviews) => await Storage.Persons.ChangeAsync(
        new(A.Tenant, [await StateAsync(A.Ada, [Link], A.Bea), await StateAsync(A.Bea, [Link], A.Ada)], reviews),
        Cancellation);

    private Task<bool> ChangeAsync(params MemberChange[] changes) => Storage.Persons.ChangeAsync(new(A.Tenant, changes, []), Cancellation);

    private async Task<MemberChange> StateAsync(ProfileId profile, IReadOnlyList<ProfileLink> links, params ProfileId[] members) =>
        new((await FindControlAsync(profile))!, links, members);
}
