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
        await AppendAsync(First(A.Consent(A.Ada)) with { Confirmation = 77 });

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

    private static ConsentAppend First(ConsentEntry entry, params IdentifierHash[] identifiers) =>
        new() { Entry = entry, IsNewProfile = true, ExpectedEpoch = 0, NewIdentifiers = identifiers };

    private static ConsentAppend Next(ConsentEntry entry, long epoch) =>
        new() { Entry = entry, IsNewProfile = false, ExpectedEpoch = epoch };

    private async Task<ConsentAppended> AppendAsync(ConsentAppend append) => await Storage.Consents.AppendAsync(append, Cancellation);

    private async Task<IReadOnlyList<ConsentEntry>> ReadAsync(ProfileId profile) =>
        Assert.Single(await Storage.Consents.ReadAsync(A.Tenant, [profile], Cancellation));
}
