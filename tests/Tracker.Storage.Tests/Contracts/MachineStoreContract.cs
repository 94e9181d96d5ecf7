using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>Machines that a decision takes, and machines that are known under two versions of the key.</summary>
public abstract class MachineStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly IdentifierHash Old = A.Identifier(9, IdentifierKind.Cookie);

    /// <summary>The same machine under the version that is written by now.</summary>
    private static readonly IdentifierHash New = Old with { KeyVersion = 2, UnderOtherKeys = [Old] };

    [Fact]
    public async Task Machine_that_is_taken_leads_there_under_every_version_that_it_is_linked_under()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada, New) }, A.Interaction(2, A.Bea));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal([[A.Ada, A.Bea], [A.Ada, A.Bea]], await EverybodyAsync(Old, New));
        Assert.Equal([New, Old], (await FindControlAsync(A.Bea))!.Identifiers);
    }

    [Fact]
    public async Task Machine_that_is_taken_is_linked_under_no_version_before_its_time()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));

        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada, Old with { UnderOtherKeys = [New] }) }, A.Interaction(2, A.Bea));

        Assert.Equal([[A.Ada, A.Bea], []], await EverybodyAsync(Old, New));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Machine_that_changes_hands_in_one_micro_batch_does_so_under_every_version(bool isFirstOwnerWrittenFirst)
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));
        ProfileChange[] changes = [A.KnownProfile(A.Ada, 0, New), A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada, New) }];

        var answers = await CommitAsync(MicroBatches.Of(isFirstOwnerWrittenFirst ? changes : [.. changes.Reverse()], A.Interaction(2, A.Ada), A.Interaction(3, A.Bea)));

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Stored], answers);
        Assert.Equal([[A.Ada, A.Bea], [A.Ada, A.Bea]], await EverybodyAsync(Old, New));
    }

    [Fact]
    public async Task Machine_that_somebody_had_for_a_moment_of_a_micro_batch_remembers_them_under_every_version()
    {
        await CommitAsync(MicroBatches.Of([A.NewProfile(A.Ada, Old), A.NewProfile(A.Bea)], A.Interaction(1, A.Ada), A.Interaction(2, A.Bea)));

        await CommitAsync(
            A.KnownProfile(A.Ada, 0, New) with { PassedOn = new Dictionary<IdentifierHash, IReadOnlyList<ProfileId>> { [New] = [A.Bea] } },
            A.Interaction(3, A.Ada));

        Assert.Equal([[A.Bea, A.Ada], [A.Bea, A.Ada]], await EverybodyAsync(Old, New));
    }

    [Fact]
    public async Task Machine_whose_holder_is_gone_remembers_the_next_under_every_version()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada, until: A.InAMonth.AddDays(9)));
        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada, Old) }, A.Interaction(2, A.Bea));
        await SweepAtAsync(A.InAMonth.AddDays(1));

        var answers = await CommitAsync(A.NewProfile(A.Profile(3), New), A.Interaction(3, A.Profile(3), until: A.InAMonth.AddDays(5)));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal([[A.Ada, A.Bea, A.Profile(3)], [A.Profile(3)]], await EverybodyAsync(Old, New));
    }

    [Fact]
    public async Task Machine_lasts_as_long_as_whoever_took_it_under_every_version()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));
        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada, New) }, A.Interaction(2, A.Bea));
        await CommitAsync(A.KnownProfile(A.Bea), A.Interaction(3, A.Bea, until: A.InAMonth.AddDays(9)));

        await SweepAtAsync(A.InAMonth.AddDays(1));

        Assert.Equal((A.Bea, A.Bea), (await FindProfileAsync(Old), await FindProfileAsync(New)));
    }

    [Fact]
    public async Task Identifier_that_somebody_else_linked_under_another_version_meanwhile_is_not_linked()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.NewProfile(A.Bea, New), A.Interaction(2, A.Bea));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Null(await FindProfileAsync(New));
    }

    [Fact]
    public async Task Machine_that_a_decision_takes_leads_to_whoever_decided_and_remembers_whom_it_led_to()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));

        await AppendAsync(TakenBy(A.Bea, New));

        Assert.Equal([[A.Ada, A.Bea], [A.Ada, A.Bea]], await EverybodyAsync(Old, New));
        Assert.Equal([New, Old], (await FindControlAsync(A.Bea))!.Identifiers);
        Assert.Equal([Old], (await FindControlAsync(A.Ada))!.Identifiers);
    }

    [Fact]
    public async Task Decision_that_takes_a_machine_which_somebody_else_took_meanwhile_is_stale_and_leaves_nothing()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));
        await CommitAsync(A.NewProfile(A.Profile(3)) with { TakenIdentifiers = From(A.Ada, New) }, A.Interaction(2, A.Profile(3)));

        var stale = await AppendAsync(TakenBy(A.Bea, Old with { UnderOtherKeys = [New] }));

        Assert.Null(stale.Entry);
        Assert.Null(await FindControlAsync(A.Bea));
        Assert.Equal([[A.Ada, A.Profile(3)]], await EverybodyAsync(Old));
    }

    [Fact]
    public async Task Machine_that_a_decision_takes_lasts_as_long_as_whoever_decided()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));
        var decision = TakenBy(A.Bea, Old);
        await AppendAsync(decision with { Entry = decision.Entry with { ExpireAt = A.InAMonth.AddDays(9) } });

        await SweepAtAsync(A.InAMonth.AddDays(1));

        Assert.Equal(A.Bea, await FindProfileAsync(Old));
    }

    [Fact]
    public async Task Machine_that_decisions_of_two_take_at_the_same_time_is_taken_by_one_of_them()
    {
        await CommitAsync(A.NewProfile(A.Ada, Old), A.Interaction(1, A.Ada));

        var answers = await Task.WhenAll(AppendAsync(TakenBy(A.Bea, Old)), AppendAsync(TakenBy(A.Profile(3), Old, request: 2)));

        var first = Assert.Single(answers, answer => answer.Entry is not null).Entry!;
        Assert.Equal([[A.Ada, first.Profile]], await EverybodyAsync(Old));
    }

    private static ConsentAppend TakenBy(ProfileId profile, IdentifierHash machine, int request = 1) => new()
    {
        Entry = A.Consent(profile, request: request),
        IsNewProfile = true,
        ExpectedEpoch = 0,
        TakenIdentifiers = From(A.Ada, machine),
    };

    private static Dictionary<IdentifierHash, ProfileId> From(ProfileId profile, IdentifierHash machine) => new() { [machine] = profile };

    private async Task SweepAtAsync(DateTimeOffset instant)
    {
        GoTo(instant);
        await SweepAsync();
    }

    private Task<ConsentAppended> AppendAsync(ConsentAppend append) => Storage.Consents.AppendAsync(append, Cancellation);

    private Task<IReadOnlyList<IReadOnlyList<ProfileId>>> EverybodyAsync(params IdentifierHash[] identifiers) => Storage.Identities.FindEverybodyAsync(A.Tenant, identifiers, Cancellation);
}
