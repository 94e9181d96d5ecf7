using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>Whose a contract is, is written with the interactions that prove it.</summary>
public abstract class ContractStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Contract_leads_to_the_profile_whose_interactions_proved_it()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada), A.Contract(2, A.Ada)] }, A.Interaction(1, A.Ada));
        await Storage.ReopenAsync();

        Assert.Equal([A.Ada, null, A.Ada], await FindAsync(1, 3, 2));
    }

    [Fact]
    public async Task Contract_of_one_tenant_is_unknown_to_another()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada)] }, A.Interaction(1, A.Ada));

        Assert.Equal<ContractLink?>([null], await Storage.Contracts.FindAsync(A.OtherTenant, [A.Contract(1, A.Ada).Reference], Cancellation));
    }

    [Fact]
    public async Task Contract_that_is_someone_elses_makes_the_change_stale()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada)] }, A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.NewProfile(A.Bea) with { Contracts = [A.Contract(1, A.Bea)] }, A.Interaction(2, A.Bea));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Equal([A.Ada], await FindAsync(1));
        Assert.Null(await FindControlAsync(A.Bea));
    }

    [Fact]
    public async Task Number_that_somebody_has_after_all_is_refused_whatever_was_known_of_it()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada)] }, A.Interaction(1, A.Ada));

        var bea = A.Contract(1, A.Bea);
        var answers = await CommitAsync(A.NewProfile(A.Bea) with { Contracts = [bea], NewContracts = new HashSet<UInt128> { bea.Reference } }, A.Interaction(2, A.Bea));

        Assert.Equal([CommitAnswer.Stale], answers);
    }

    [Fact]
    public async Task Two_profiles_of_one_batch_cannot_share_a_contract()
    {
        var batch = MicroBatches.Of(
            [A.NewProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada)] }, A.NewProfile(A.Bea) with { Contracts = [A.Contract(1, A.Bea)] }],
            A.Interaction(1, A.Ada),
            A.Interaction(2, A.Bea));

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Stale], await CommitAsync(batch));
        Assert.Equal([A.Ada], await FindAsync(1));
    }

    [Fact]
    public async Task Contract_proved_again_lives_to_the_later_of_its_ends()
    {
        var later = A.InAMonth.AddDays(5);
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada), A.Contract(2, A.Ada, later)] }, A.Interaction(1, A.Ada, until: later.AddDays(1)));

        await CommitAsync(A.KnownProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada, later), A.Contract(2, A.Ada)] }, A.Interaction(2, A.Ada));

        GoTo(later.AddMilliseconds(-1));
        Assert.Equal([A.Ada, A.Ada], await FindAsync(1, 2));
    }

    [Fact]
    public async Task When_a_contract_last_began_and_ended_is_kept_whatever_the_order_of_arrival()
    {
        var contract = A.Contract(1, A.Ada);
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [contract with { EndedAt = A.Noon.AddHours(2) }] }, A.Interaction(1, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada) with { Contracts = [contract with { StartedAt = A.Noon, EndedAt = A.Noon.AddHours(1) }] }, A.Interaction(2, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada) with { Contracts = [contract] }, A.Interaction(3, A.Ada));
        await Storage.ReopenAsync();

        Assert.Equal([contract with { StartedAt = A.Noon, EndedAt = A.Noon.AddHours(2) }], await FindLinksAsync(1));
    }

    [Fact]
    public async Task When_an_order_was_over_first_is_kept_whatever_the_order_of_arrival()
    {
        var order = A.Contract(1, A.Ada);
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [order with { OrderEndedAt = A.Noon.AddHours(2) }] }, A.Interaction(1, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada) with { Contracts = [order with { OrderEndedAt = A.Noon.AddHours(1) }] }, A.Interaction(2, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada) with { Contracts = [order with { OrderEndedAt = A.Noon.AddHours(3) }] }, A.Interaction(3, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada) with { Contracts = [order] }, A.Interaction(4, A.Ada));
        await Storage.ReopenAsync();

        Assert.Equal([order with { OrderEndedAt = A.Noon.AddHours(1) }], await FindLinksAsync(1));
    }

    [Fact]
    public async Task Expired_contract_leads_nowhere_and_is_deleted()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada, A.Noon.AddDays(1))] }, A.Interaction(1, A.Ada));

        GoTo(A.Noon.AddDays(1));

        Assert.Equal([null], await FindAsync(1));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Contract]);
    }

    [Fact]
    public async Task Contract_of_a_profile_that_is_gone_may_become_someone_elses()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contracts = [A.Contract(1, A.Ada, A.InAMonth.AddDays(5))] }, A.Interaction(1, A.Ada));
        GoTo(A.InAMonth);
        Assert.Equal([null], await FindAsync(1));

        var answers = await CommitAsync(A.NewProfile(A.Bea) with { Contracts = [A.Contract(1, A.Bea, A.InAMonth.AddDays(2))] }, A.Interaction(2, A.Bea, until: A.InAMonth.AddDays(3)));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal([A.Bea], await FindAsync(1));
        GoTo(A.InAMonth.AddDays(2));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.Contract]);
    }

    private async Task<IReadOnlyList<ProfileId?>> FindAsync(params int[] numbers) =>
        [.. (await FindLinksAsync(numbers)).Select(link => link?.Profile)];

    private Task<IReadOnlyList<ContractLink?>> FindLinksAsync(params int[] numbers) =>
        Storage.Contracts.FindAsync(A.Tenant, [.. numbers.Select(number => A.Contract(number, A.Ada).Reference)], Cancellation);
}
