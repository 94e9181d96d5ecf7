using Tracker.Core.Ingestion;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>A profile lives as long as the latest of what is held under it, its identifiers to the whole hour before.</summary>
public abstract class ProfileEndContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Identifiers_end_at_the_whole_hour_before_their_profile()
    {
        var until = A.InAMonth.AddMinutes(50);
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada, until: until));

        GoTo(A.InAMonth.AddMilliseconds(-1));
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));

        GoTo(A.InAMonth);
        Assert.Null(await FindProfileAsync(A.Identifier(1)));
        Assert.NotNull(await FindControlAsync(A.Ada));
    }

    [Fact]
    public async Task Later_record_moves_the_end_of_control_and_identifiers()
    {
        var later = A.InAMonth.AddDays(10);
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(2, A.Ada, until: later));
        GoTo(later.AddMilliseconds(-1));
        await SweepAsync();

        Assert.Equal(later, (await FindControlAsync(A.Ada))?.ExpireAt);
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
        Assert.False(await ExistsAsync(1));
    }

    [Fact]
    public async Task Earlier_record_does_not_shorten_the_profile()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(2, A.Ada, until: A.Noon.AddDays(1)));

        Assert.Equal(A.InAMonth, (await FindControlAsync(A.Ada))?.ExpireAt);
        GoTo(A.InAMonth.AddMilliseconds(-1));
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Contact_that_ends_earlier_than_before_takes_the_end_of_its_profile_with_it()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contact = A.Contact(A.Ada, until: A.InAMonth.AddDays(60)) }, A.Interaction(1, A.Ada, until: A.Noon.AddDays(2)));

        await CommitAsync(A.KnownProfile(A.Ada) with { Contact = A.Contact(A.Ada, version: 2, until: A.Noon.AddDays(5)) }, A.Interaction(2, A.Ada, until: A.Noon.AddDays(1)));

        Assert.Equal(A.Noon.AddDays(5), (await FindControlAsync(A.Ada))?.ExpireAt);
    }

    [Fact]
    public async Task Identifier_that_has_found_a_new_profile_stays_with_it_when_the_old_one_is_swept()
    {
        var until = A.InAMonth.AddMinutes(50);
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada, until: until));
        GoTo(A.InAMonth);
        await CommitAsync(A.NewProfile(A.Bea, A.Identifier(1)), A.Interaction(2, A.Bea, until: until.AddDays(1)));

        GoTo(until);
        await SweepAsync();

        Assert.Null(await FindControlAsync(A.Ada));
        Assert.Equal(A.Bea, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Identifier_that_has_found_a_new_profile_is_not_taken_back_by_the_old_one()
    {
        var until = A.InAMonth.AddMinutes(50);
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada, until: until));
        GoTo(A.InAMonth);
        await CommitAsync(A.NewProfile(A.Bea, A.Identifier(1)), A.Interaction(2, A.Bea, until: until.AddDays(1)));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(3, A.Ada, until: until.AddDays(2)));

        Assert.Equal(A.Bea, await FindProfileAsync(A.Identifier(1)));
    }

    [Fact]
    public async Task Identifier_that_was_lost_to_another_profile_can_be_linked_again_once_that_one_has_ended()
    {
        var until = A.InAMonth.AddMinutes(50);
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada, until: until));
        GoTo(A.InAMonth);
        await CommitAsync(A.NewProfile(A.Bea, A.Identifier(1)), A.Interaction(2, A.Bea, until: until.AddDays(1)));
        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(3, A.Ada, until: until.AddDays(5)));
        GoTo(until.AddDays(1));

        var answers = await CommitAsync(A.KnownProfile(A.Ada, epoch: 0, A.Identifier(1)), A.Interaction(4, A.Ada, until: until.AddDays(2)));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
    }
}
