using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class IdentityStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Profiles_of_a_tenant_are_listed_page_by_page_in_the_order_of_their_ids()
    {
        await CommitAsync(MicroBatches.Of([A.NewProfile(A.Profile(3)), A.NewProfile(A.Ada), A.NewProfile(A.Bea)], A.Interaction(1, A.Profile(3)), A.Interaction(2, A.Ada), A.Interaction(3, A.Bea, until: A.Noon.AddDays(1))));
        await CommitAsync(A.NewProfile(A.Profile(4)), A.Interaction(A.Record(4, A.Profile(4), tenant: A.OtherTenant) with { Key = A.Key(4) }));

        Assert.Equal([A.Ada, A.Bea], await Storage.Identities.ListProfilesAsync(A.Tenant, after: null, 2, Cancellation));
        Assert.Equal([A.Profile(3)], await Storage.Identities.ListProfilesAsync(A.Tenant, A.Bea, 2, Cancellation));

        GoTo(A.Noon.AddDays(1));
        Assert.Equal([A.Ada, A.Profile(3)], await Storage.Identities.ListProfilesAsync(A.Tenant, after: null, 9, Cancellation));
    }

    [Fact]
    public async Task Identifiers_lead_to_their_profiles_in_the_order_asked()
    {
        await CommitAsync(MicroBatches.Of(
            [A.NewProfile(A.Ada, A.Identifier(1), A.Identifier(2, IdentifierKind.LoyaltyCard)), A.NewProfile(A.Bea, A.Identifier(3))],
            A.Interaction(1, A.Ada),
            A.Interaction(2, A.Bea)));

        var found = await Storage.Identities.FindAsync(A.Tenant, [A.Identifier(3), A.Identifier(4), A.Identifier(2, IdentifierKind.LoyaltyCard), A.Identifier(1)], Cancellation);

        Assert.Equal([A.Bea, null, A.Ada, A.Ada], found);
    }

    [Fact]
    public async Task Same_value_of_another_kind_is_another_identifier()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1, IdentifierKind.Email)), A.Interaction(1, A.Ada));

        Assert.Null(await FindProfileAsync(A.Identifier(1, IdentifierKind.Phone)));
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1, IdentifierKind.Email)));
    }

    [Fact]
    public async Task Tenants_do_not_see_each_others_people()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));

        Assert.Null(await FindProfileAsync(A.Identifier(1), A.OtherTenant));
        Assert.Null(await FindControlAsync(A.Ada, A.OtherTenant));
    }

    [Fact]
    public async Task Same_identifier_leads_to_a_profile_of_each_tenant()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Interaction(1, A.Ada));
        await CommitAsync(A.NewProfile(A.Bea, A.Identifier(1)), A.Interaction(2, A.Bea, tenant: A.OtherTenant));

        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
        Assert.Equal(A.Bea, await FindProfileAsync(A.Identifier(1), A.OtherTenant));
    }

    [Fact]
    public async Task Control_of_a_new_profile_says_what_its_first_interaction_showed()
    {
        var change = A.NewProfile(A.Ada, A.Identifier(1)) with
        {
            Facts = new Facts { FirstPurchaseAt = A.Noon, ContractEndedAt = A.Noon.AddMilliseconds(7) },
            LastInteractionAt = A.Noon.AddHours(-12),
        };

        await CommitAsync(change, A.Interaction(1, A.Ada));

        var expected = new Control
        {
            Tenant = A.Tenant,
            Profile = A.Ada,
            Facts = change.Facts,
            Identifiers = [A.Identifier(1)],
            LastInteractionAt = change.LastInteractionAt,
            CreatedAt = A.Noon,
            ExpireAt = A.InAMonth,
        };
        Assert.Equal(Snapshot.Of(expected), Snapshot.Of(await FindControlAsync(A.Ada)));
    }

    [Fact]
    public async Task Facts_are_merged_into_what_is_stored()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Facts = new Facts { FirstPurchaseAt = A.Noon, LastPurchaseAt = A.Noon } }, A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada) with { Facts = new Facts { FirstPurchaseAt = A.Noon.AddDays(-1), LastPurchaseAt = A.Noon.AddDays(-1) } }, A.Interaction(2, A.Ada));

        var facts = (await FindControlAsync(A.Ada))!.Facts;
        Assert.Equal(A.Noon.AddDays(-1), facts.FirstPurchaseAt);
        Assert.Equal(A.Noon, facts.LastPurchaseAt);
    }

    [Fact]
    public async Task Last_interaction_is_the_later_one_whatever_the_order_of_arrival()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { LastInteractionAt = A.Noon }, A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada) with { LastInteractionAt = A.Noon.AddDays(-3) }, A.Interaction(2, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(3, A.Ada));

        Assert.Equal(A.Noon, (await FindControlAsync(A.Ada))!.LastInteractionAt);
    }

    [Fact]
    public async Task Identifiers_are_listed_once_in_the_order_linked()
    {
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(2)), A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada, epoch: 0, A.Identifier(1), A.Identifier(2)), A.Interaction(2, A.Ada));

        Assert.Equal([A.Identifier(2), A.Identifier(1)], (await FindControlAsync(A.Ada))!.Identifiers);
    }

    [Fact]
    public async Task Creation_time_stays_that_of_the_first_commit()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada) with { SeenAt = A.Noon.AddDays(1) }, A.Interaction(2, A.Ada));

        Assert.Equal(A.Noon, (await FindControlAsync(A.Ada))!.CreatedAt);
        Assert.Equal(0, (await FindControlAsync(A.Ada))!.ConsentEpoch);
    }

    [Fact]
    public async Task Machine_that_is_taken_leads_to_whoever_took_it_and_remembers_whom_it_led_to()
    {
        await CommitAsync(A.NewProfile(A.Ada, Cookie), A.Interaction(1, A.Ada));

        var answers = await CommitAsync(A.NewProfile(A.Bea, A.Identifier(2)) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(2, A.Bea));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal(A.Bea, await FindProfileAsync(Cookie));
        Assert.Equal([A.Identifier(2), Cookie], (await FindControlAsync(A.Bea))!.Identifiers);
        Assert.Equal([[A.Ada, A.Bea], [A.Bea]], await EverybodyAsync(Cookie, A.Identifier(2)));
    }

    [Fact]
    public async Task Machine_that_goes_to_and_fro_remembers_each_once_and_never_whom_it_leads_to()
    {
        await CommitAsync(A.NewProfile(A.Ada, Cookie), A.Interaction(1, A.Ada));
        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(2, A.Bea));

        await CommitAsync(A.KnownProfile(A.Ada) with { TakenIdentifiers = From(A.Bea) }, A.Interaction(3, A.Ada));

        Assert.Equal(A.Ada, await FindProfileAsync(Cookie));
        Assert.Equal([[A.Bea, A.Ada]], await EverybodyAsync(Cookie));
        Assert.Equal([Cookie], (await FindControlAsync(A.Ada))!.Identifiers);
    }

    [Fact]
    public async Task Machine_that_somebody_else_took_meanwhile_is_not_taken()
    {
        await CommitAsync(MicroBatches.Of([A.NewProfile(A.Ada, Cookie), A.NewProfile(A.Bea)], A.Interaction(1, A.Ada), A.Interaction(2, A.Bea)));
        await CommitAsync(A.NewProfile(A.Profile(3)) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(3, A.Profile(3)));

        var answers = await CommitAsync(A.KnownProfile(A.Bea) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(4, A.Bea));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Equal(A.Profile(3), await FindProfileAsync(Cookie));
    }

    [Fact]
    public async Task Machine_stays_with_whoever_took_it_when_the_one_before_lives_longer()
    {
        await CommitAsync(A.NewProfile(A.Ada, Cookie), A.Interaction(1, A.Ada));
        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(2, A.Bea));

        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(3, A.Ada, until: A.InAMonth.AddDays(9)));

        Assert.Equal(A.Bea, await FindProfileAsync(Cookie));
        Assert.Equal([[A.Ada, A.Bea]], await EverybodyAsync(Cookie));
    }

    [Fact]
    public async Task Whom_a_machine_led_to_is_still_known_when_its_end_moves_and_after_a_restart()
    {
        await CommitAsync(A.NewProfile(A.Ada, Cookie), A.Interaction(1, A.Ada));
        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(2, A.Bea));

        await CommitAsync(A.KnownProfile(A.Bea), A.Interaction(3, A.Bea, until: A.InAMonth.AddDays(9)));
        await Storage.ReopenAsync();

        Assert.Equal([[A.Ada, A.Bea]], await EverybodyAsync(Cookie));
    }

    [Fact]
    public async Task Machine_lasts_as_long_as_anybody_whom_it_led_to()
    {
        await CommitAsync(A.NewProfile(A.Ada, Cookie), A.Interaction(1, A.Ada, until: A.InAMonth.AddDays(9)));
        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(2, A.Bea));

        await SweepAtAsync(A.InAMonth.AddDays(1));
        var afterBea = await EverybodyAsync(Cookie);
        await SweepAtAsync(A.InAMonth.AddDays(10));

        Assert.Contains(A.Ada, afterBea[0]);
        Assert.Equal([[]], await EverybodyAsync(Cookie));
    }

    [Fact]
    public async Task Machine_whose_holder_is_gone_is_anybody_s_and_still_remembers_who_lives()
    {
        await CommitAsync(A.NewProfile(A.Ada, Cookie), A.Interaction(1, A.Ada, until: A.InAMonth.AddDays(9)));
        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(2, A.Bea));
        await SweepAtAsync(A.InAMonth.AddDays(1));

        var answers = await CommitAsync(A.NewProfile(A.Profile(3), Cookie), A.Interaction(3, A.Profile(3), until: A.InAMonth.AddDays(5)));

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal([[A.Ada, A.Bea, A.Profile(3)]], await EverybodyAsync(Cookie));
    }

    [Fact]
    public async Task Machine_lasts_longer_when_whom_it_led_to_before_does()
    {
        await CommitAsync(A.NewProfile(A.Ada, Cookie), A.Interaction(1, A.Ada));
        await CommitAsync(A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada) }, A.Interaction(2, A.Bea));
        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(3, A.Ada, until: A.InAMonth.AddDays(9)));

        await SweepAtAsync(A.InAMonth.AddDays(1));

        Assert.Contains(A.Ada, (await EverybodyAsync(Cookie))[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Machine_that_changes_hands_in_one_micro_batch_remembers_whom_it_led_to_first(bool isFirstOwnerWrittenFirst)
    {
        ProfileChange[] changes = [A.NewProfile(A.Ada, Cookie), A.NewProfile(A.Bea) with { TakenIdentifiers = From(A.Ada) }];

        var answers = await CommitAsync(MicroBatches.Of(isFirstOwnerWrittenFirst ? changes : [.. changes.Reverse()], A.Interaction(1, A.Ada), A.Interaction(2, A.Bea)));

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Stored], answers);
        Assert.Equal(A.Bea, await FindProfileAsync(Cookie));
        Assert.Equal([[A.Ada, A.Bea]], await EverybodyAsync(Cookie));
        Assert.Equal([Cookie], (await FindControlAsync(A.Ada))!.Identifiers);
    }

    [Fact]
    public async Task Machine_that_somebody_had_for_a_moment_of_a_micro_batch_remembers_them()
    {
        await CommitAsync(MicroBatches.Of([A.NewProfile(A.Ada, Cookie), A.NewProfile(A.Bea)], A.Interaction(1, A.Ada), A.Interaction(2, A.Bea)));

        await CommitAsync(A.KnownProfile(A.Ada) with { PassedOn = new Dictionary<IdentifierHash, IReadOnlyList<ProfileId>> { [Cookie] = [A.Bea] } }, A.Interaction(3, A.Ada));

        Assert.Equal(A.Ada, await FindProfileAsync(Cookie));
        Assert.Equal([[A.Bea, A.Ada]], await EverybodyAsync(Cookie));
    }

    private async Task SweepAtAsync(DateTimeOffset instant)
    {
        Storage.Time.SetUtcNow(instant);
        await SweepAsync();
    }

    private static IdentifierHash Cookie => A.Identifier(9, IdentifierKind.Cookie);

    private static Dictionary<IdentifierHash, ProfileId> From(ProfileId profile) => new() { [Cookie] = profile };

    private Task<IReadOnlyList<IReadOnlyList<ProfileId>>> EverybodyAsync(params IdentifierHash[] identifiers) => Storage.Identities.FindEverybodyAsync(A.Tenant, identifiers, Cancellation);
}
