using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>Entries that wait for a confirmation, and entries that a standing consent needs.</summary>
public abstract class ConsentHoldContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Entry_that_waits_for_its_confirmation_is_found_by_the_hash_of_the_token_for_as_long_as_it_lives()
    {
        await AppendAsync(First(A.Consent(A.Ada)) with { Confirmations = [77] });

        var found = await Storage.Consents.FindConfirmationAsync(A.Tenant, 77, Cancellation);

        Assert.Equal(A.Consent(A.Ada).Id, found?.Id);
        Assert.Null(await Storage.Consents.FindConfirmationAsync(A.Tenant, 78, Cancellation));
        Assert.Null(await Storage.Consents.FindConfirmationAsync(A.OtherTenant, 77, Cancellation));
        GoTo(A.InAMonth);
        Assert.Null(await Storage.Consents.FindConfirmationAsync(A.Tenant, 77, Cancellation));
    }

    [Fact]
    public async Task Entry_that_is_no_longer_needed_by_a_consent_gets_an_end_and_its_profile_with_it()
    {
        var held = A.Consent(A.Ada) with { ExpireAt = null, Holds = [ConsentHold.Active] };
        await AppendAsync(First(held, A.Identifier(1)));
        var before = await FindControlAsync(A.Ada);

        await AppendAsync(Next(A.Consent(A.Ada, request: 2), epoch: 1) with { Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [held.Id] = A.InAMonth } });

        Assert.True(before?.ExpireAt > A.Noon.AddYears(100));
        Assert.Equal(A.InAMonth, (await FindControlAsync(A.Ada))?.ExpireAt);
        Assert.All(await ReadAsync(A.Ada), entry => Assert.Equal((A.InAMonth, 0), (entry.ExpireAt, entry.Holds.Count)));
    }

    [Fact]
    public async Task Entry_that_a_consent_needs_is_held_and_a_hold_of_somebody_else_is_left_alone()
    {
        var litigated = A.Consent(A.Ada, request: 1) with { ExpireAt = null, Holds = ["case-7"] };
        await AppendAsync(First(litigated));
        await AppendAsync(Next(A.Consent(A.Ada, request: 2), epoch: 1) with { Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [litigated.Id] = null } });
        var needed = (await ReadAsync(A.Ada))[0].Holds;

        await AppendAsync(Next(A.Consent(A.Ada, request: 3), epoch: 2) with { Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [litigated.Id] = A.InAMonth } });

        Assert.Equal(["case-7", ConsentHold.Active], needed);
        Assert.Equal(["case-7"], (await ReadAsync(A.Ada))[0].Holds);
    }

    [Fact]
    public async Task Entry_that_has_expired_and_is_still_stored_is_read_and_held_under_a_hold_on_evidence_and_no_other()
    {
        var expired = A.Consent(A.Ada, request: 1);
        await AppendAsync(First(expired, A.Identifier(1)));
        await AppendAsync(Next(A.Consent(A.Ada, request: 2) with { ExpireAt = A.InAMonth.AddDays(1) }, epoch: 1));
        GoTo(A.InAMonth);
        var without = await ReadAsync(A.Ada);
        await HoldAsync(RetentionClass.Order);
        var underAnother = await ReadAsync(A.Ada);

        await HoldAsync(RetentionClass.Evidence);
        var atOnce = await ReadAsync(A.Ada);
        Assert.True(await Storage.Reviews.ApplyAsync(
            new() { Tenant = A.Tenant, Profile = A.Ada, ExpectedEpoch = await EpochAsync(), RestampedEntries = new Dictionary<ConsentId, DateTimeOffset?> { [expired.Id] = null } }, Cancellation));
        await SweepAsync();

        Assert.Equal([1, 1, 2], new[] { without, underAnother, atOnce }.Select(entries => entries.Count));
        Assert.Equal(["case-7"], (await ReadAsync(A.Ada)).Single(entry => entry.Id == expired.Id).Holds);
    }

    [Fact]
    public async Task Notice_has_no_end_while_one_consent_under_it_has_none_and_then_ends_with_the_last_of_them()
    {
        var own = (await Storage.Notices.AddAsync(A.Notice() with { ExpireAt = A.Noon.AddDays(10) }, Cancellation)).ExpireAt;
        ConsentEntry Standing(ProfileId profile, int request) => A.Consent(profile, request) with { ExpireAt = null, Holds = [ConsentHold.Active] };
        await AppendAsync(First(Standing(A.Ada, 1), A.Identifier(1)));
        await AppendAsync(First(Standing(A.Bea, 2), A.Identifier(2)));

        await EndAsync(A.Ada, 1, 3, A.Noon.AddDays(20));
        var whileOneStands = await EndOfNoticeAsync();
        await EndAsync(A.Bea, 2, 4, A.InAMonth);

        Assert.True(own < A.InAMonth && whileOneStands > A.Noon.AddYears(100));
        Assert.Equal(A.InAMonth, await EndOfNoticeAsync());
        GoTo(A.InAMonth);
        await SweepAsync();
        Assert.Null(await EndOfNoticeAsync());
    }

    [Fact]
    public async Task Notice_lives_as_long_as_it_was_registered_for_where_its_consents_end_earlier()
    {
        var own = (await Storage.Notices.AddAsync(A.Notice() with { ExpireAt = A.Noon.AddYears(11) }, Cancellation)).ExpireAt;
        await AppendAsync(First(A.Consent(A.Ada) with { ExpireAt = null, Holds = [ConsentHold.Active] }));

        await EndAsync(A.Ada, 1, 2, A.InAMonth);

        Assert.Equal(own, await EndOfNoticeAsync());
    }

    [Fact]
    public async Task Notice_goes_on_without_an_end_where_a_review_holds_an_entry_and_gets_its_end_back_with_the_release()
    {
        await Storage.Notices.AddAsync(A.Notice() with { ExpireAt = A.Noon.AddDays(10) }, Cancellation);
        var entry = A.Consent(A.Ada);
        await AppendAsync(First(entry, A.Identifier(1)));
        async Task ReviseAsync(DateTimeOffset? end, params ProfileHold[] holds)
        {
            Assert.True(await Storage.Reviews.ChangeHoldsAsync(A.Tenant, A.Ada, await EpochAsync(), holds, isRestricted: false, [], Cancellation));
            Assert.True(await Storage.Reviews.ApplyAsync(
                new() { Tenant = A.Tenant, Profile = A.Ada, ExpectedEpoch = await EpochAsync(), RestampedEntries = new Dictionary<ConsentId, DateTimeOffset?> { [entry.Id] = end } }, Cancellation));
        }

        await ReviseAsync(null, new ProfileHold("case-7", RetentionClasses.Of([RetentionClass.Evidence])));
        await ReviseAsync(null, new ProfileHold("case-7", RetentionClasses.Of([RetentionClass.Evidence])));
        var held = await EndOfNoticeAsync();
        await ReviseAsync(A.InAMonth);

        Assert.True(held > A.Noon.AddYears(100));
        Assert.Equal(A.InAMonth, await EndOfNoticeAsync());
    }

    private async Task EndAsync(ProfileId profile, int of, int request, DateTimeOffset end) => Assert.NotNull((await AppendAsync(
        Next(A.Consent(profile, request) with { ExpireAt = end }, epoch: 1) with { Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [A.Consent(profile, of).Id] = end } })).Entry);

    private async Task HoldAsync(RetentionClass member) => Assert.True(await Storage.Reviews.ChangeHoldsAsync(
        A.Tenant, A.Ada, await EpochAsync(), [new ProfileHold("case-7", RetentionClasses.Of([member]))], isRestricted: false, [], Cancellation));

    private async Task<long> EpochAsync() => (await FindControlAsync(A.Ada))!.ConsentEpoch;

    private async Task<DateTimeOffset?> EndOfNoticeAsync() => (await Storage.Notices.FindAsync(A.Tenant, A.Notice().Id, A.Notice().Version, Cancellation))?.ExpireAt;

    private static ConsentAppend First(ConsentEntry entry, params IdentifierHash[] identifiers) =>
        new() { Entry = entry, IsNewProfile = true, ExpectedEpoch = 0, NewIdentifiers = identifiers };

    private static ConsentAppend Next(ConsentEntry entry, long epoch) =>
        new() { Entry = entry, IsNewProfile = false, ExpectedEpoch = epoch };

    private async Task<ConsentAppended> AppendAsync(ConsentAppend append) => await Storage.Consents.AppendAsync(append, Cancellation);

    private async Task<IReadOnlyList<ConsentEntry>> ReadAsync(ProfileId profile) =>
        Assert.Single(await Storage.Consents.ReadAsync(A.Tenant, [profile], Cancellation));
}
