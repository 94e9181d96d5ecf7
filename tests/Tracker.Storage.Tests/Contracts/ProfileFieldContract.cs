using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>What the legal gate keeps on a profile, by interactions and by decisions alike.</summary>
public abstract class ProfileFieldContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Lapses_gather_in_order_and_each_only_once()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Lapse = A.Noon.AddDays(-1) }, A.Interaction(1, A.Ada));
        await AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 0, Lapse = A.Noon.AddDays(-9) });

        await CommitAsync(A.KnownProfile(A.Ada, epoch: 1) with { Lapse = A.Noon.AddDays(-1) }, A.Interaction(2, A.Ada));

        Assert.Equal([A.Noon.AddDays(-9), A.Noon.AddDays(-1)], (await FindControlAsync(A.Ada))!.Lapses);
    }

    [Fact]
    public async Task Age_that_is_stated_replaces_the_one_before_and_stays_otherwise()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { SealedAge = new byte[] { 1 } }, A.Interaction(1, A.Ada));
        await CommitAsync(A.KnownProfile(A.Ada), A.Interaction(2, A.Ada));
        Assert.Equal([1], (await FindControlAsync(A.Ada))!.SealedAge.ToArray());

        await AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 0, SealedAge = new byte[] { 2, 3 } });

        Assert.Equal([2, 3], (await FindControlAsync(A.Ada))!.SealedAge.ToArray());
    }

    [Fact]
    public async Task Settled_debt_is_kept_by_the_later_date()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Facts = new Facts { DebtSettledAt = A.Noon } }, A.Interaction(1, A.Ada));

        await CommitAsync(A.KnownProfile(A.Ada) with { Facts = new Facts { DebtSettledAt = A.Noon.AddDays(-1) } }, A.Interaction(2, A.Ada));

        Assert.Equal(A.Noon, (await FindControlAsync(A.Ada))!.Facts.DebtSettledAt);
    }

    [Fact]
    public async Task Membership_is_kept_by_the_first_card_and_the_last_word()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { Facts = new Facts { LoyaltyShownAt = A.Noon, LoyaltyJoinedAt = A.Noon, LoyaltyLeftAt = A.Noon, AccountShownAt = A.Noon } }, A.Interaction(1, A.Ada));

        var earlier = new Facts { LoyaltyShownAt = A.Noon.AddDays(-1), LoyaltyJoinedAt = A.Noon.AddDays(-1), LoyaltyLeftAt = A.Noon.AddDays(-1), AccountShownAt = A.Noon.AddDays(-1) };
        await CommitAsync(A.KnownProfile(A.Ada) with { Facts = earlier }, A.Interaction(2, A.Ada));

        var facts = (await FindControlAsync(A.Ada))!.Facts;
        Assert.Equal((earlier.LoyaltyShownAt, earlier.AccountShownAt), (facts.LoyaltyShownAt, facts.AccountShownAt));
        Assert.Equal((A.Noon, A.Noon), (facts.LoyaltyJoinedAt!.Value, facts.LoyaltyLeftAt!.Value));
    }

    [Fact]
    public async Task New_profile_has_none_of_it()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        var control = await FindControlAsync(A.Ada);

        Assert.Empty(control!.Lapses);
        Assert.True(control.SealedAge.IsEmpty);
        Assert.Empty(control.Holds);
        Assert.False(control.IsRestricted);
    }

    [Fact]
    public async Task Decision_brings_the_keys_that_its_evidence_is_sealed_with()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Fiscal) }, A.Interaction(1, A.Ada));

        await AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada, until: A.InAMonth.AddDays(1)), IsNewProfile = false, ExpectedEpoch = 0, NewKeys = A.Keys(RetentionClass.Evidence) });

        var keys = await FindKeysAsync(A.Ada);
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Evidence], keys!.Keys.Keys.Order());
        Assert.Equal(A.InAMonth.AddDays(1), keys.ExpireAt);
    }

    [Fact]
    public async Task Decision_with_a_key_that_has_come_into_being_since_is_stale()
    {
        await CommitAsync(A.NewProfile(A.Ada) with { NewKeys = A.Keys(RetentionClass.Evidence) }, A.Interaction(1, A.Ada));

        var appended = await AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 0, NewKeys = A.Keys(RetentionClass.Evidence) });

        Assert.Null(appended.Entry);
        Assert.Equal(0, (await FindControlAsync(A.Ada))!.ConsentEpoch);
    }

    private Task<ConsentAppended> AppendAsync(ConsentAppend append) => Storage.Consents.AppendAsync(append, Cancellation);
}
