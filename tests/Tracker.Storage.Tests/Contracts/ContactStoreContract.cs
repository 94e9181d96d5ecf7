using Tracker.Core.Ingestion;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class ContactStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Contact_is_read_with_every_field_it_was_stored_with()
    {
        var contact = A.Contact(A.Ada);

        await CommitAsync(A.NewProfile(A.Ada) with { Contact = contact }, A.Interaction(1, A.Ada));

        Assert.Equal(Snapshot.Of(contact), Snapshot.Of(await FindContactAsync(A.Ada)));
        Assert.Equal(Snapshot.Of(contact), Snapshot.Of(await Storage.Profiles.FindContactAsync(A.Tenant, A.Ada, Cancellation)));
    }

    [Fact]
    public async Task Contacts_come_in_the_order_asked_and_to_their_tenant_only()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contact = A.Contact(A.Ada) }, A.Interaction(1, A.Ada));

        var found = await Storage.Records.ReadContactsAsync(A.Tenant, [A.Bea, A.Ada], Cancellation);

        Assert.Null(found[0]);
        Assert.Equal(A.Ada, found[1]?.Profile);
        Assert.Equal([null, A.Ada], (await Storage.Profiles.ReadContactsAsync(A.Tenant, [A.Bea, A.Ada], Cancellation)).Select(contact => contact?.Profile));
        Assert.Equal([null], await Storage.Profiles.ReadContactsAsync(A.OtherTenant, [A.Ada], Cancellation));
        Assert.Null(await FindContactAsync(A.Ada, A.OtherTenant));
    }

    [Fact]
    public async Task Next_version_replaces_the_stored_one()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Contact = A.Contact(A.Ada) }, A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.KnownProfile(A.Ada) with { Contact = A.Contact(A.Ada, version: 2) }, A.Interaction(2, A.Ada));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal(2, (await FindContactAsync(A.Ada))?.Version);
    }

    [Fact]
    public async Task Profile_lives_as_long_as_its_contact()
    {
        var later = A.InAMonth.AddDays(4);

        await CommitAsync(A.NewProfile(A.Ada) with { Contact = A.Contact(A.Ada, until: later) }, A.Interaction(1, A.Ada));

        Assert.Equal(later, (await FindControlAsync(A.Ada))?.ExpireAt);
        GoTo(later.AddMilliseconds(-1));
        Assert.NotNull(await FindContactAsync(A.Ada));
    }

    [Fact]
    public async Task Contact_is_hidden_from_the_instant_it_ends_and_starts_again_at_version_one()
    {
        var soon = A.Noon.AddDays(1);
        await CommitAsync(A.NewProfile(A.Ada) with { Contact = A.Contact(A.Ada, until: soon) }, A.Interaction(1, A.Ada));
        GoTo(soon);

        Assert.Null(await FindContactAsync(A.Ada));
        var answers = await CommitAsync(A.KnownProfile(A.Ada) with { Contact = A.Contact(A.Ada) }, A.Interaction(2, A.Ada));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal(1, (await FindContactAsync(A.Ada))?.Version);
    }

    [Fact]
    public async Task Contact_whose_end_moves_earlier_is_deleted_at_the_earlier_time()
    {
        var sooner = A.Noon.AddDays(2);
        await CommitAsync(A.NewProfile(A.Ada) with { Contact = A.Contact(A.Ada) }, A.Interaction(1, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada) with { Contact = A.Contact(A.Ada, version: 2, until: sooner) }, A.Interaction(2, A.Ada));

        GoTo(sooner);
        var swept = await SweepAsync();

        Assert.Equal(1, swept.Deleted[ExpiredKind.Contact]);
        Assert.Null(await FindContactAsync(A.Ada));
    }

    [Fact]
    public async Task Contact_with_neither_an_end_nor_a_hold_is_refused_with_its_interaction()
    {
        var unending = A.Contact(A.Ada) with { ExpireAt = null };

        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(A.NewProfile(A.Ada) with { Contact = unending }, A.Interaction(1, A.Ada)));

        Assert.False(await ExistsAsync(1));
    }

    [Fact]
    public async Task Contact_under_a_hold_stays_and_keeps_its_profile()
    {
        var held = A.Contact(A.Ada) with { ExpireAt = null, Holds = ["LEGAL_CLAIM"] };
        await CommitAsync(A.NewProfile(A.Ada) with { Contact = held }, A.Interaction(1, A.Ada));

        GoTo(A.Noon.AddYears(100));
        await SweepAsync();

        Assert.Equal(["LEGAL_CLAIM"], (await FindContactAsync(A.Ada))!.Holds);
        Assert.NotNull(await FindControlAsync(A.Ada));
    }
}
