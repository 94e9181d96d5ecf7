using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

public sealed class ProfileViewTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Order(by: An.Ada));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_purpose_with_a_basis_sees_the_stage_and_how_the_person_is_known()
    {
        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment);

        Assert.Equal(Stage.Customer, profile.Stage);
        Assert.Equal([IdentifierKind.Email], profile.IdentifierKinds);
    }

    [Fact]
    public async Task While_a_consent_stands_no_end_of_the_profile_is_known()
    {
        var before = (await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment)).ExpireAt;
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        var standing = (await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment)).ExpireAt;

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);
        await _tracker.ReviewAsync(An.Ada);

        Assert.Null(standing);
        Assert.Equal(before, (await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment)).ExpireAt);
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task From_the_review_on_a_profile_ends_with_the_last_that_is_left_of_it()
    {
        var delivered = TestTracker.Noon.AddDays(5);
        _tracker.Time.SetUtcNow(delivered);
        await _tracker.RecordAsync(An.Order(by: An.Ada, at: delivered) with { MessageId = "delivery", Type = "order.delivered" });
        var stored = (await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment)).ExpireAt;

        await _tracker.AdvanceToAsync(delivered.AddHours(1));

        var last = (await _tracker.RecordsAsync(An.Ada)).Max(record => record.ExpireAt);
        Assert.Equal(TestTracker.Noon.AddYears(11), stored);
        Assert.Equal((RetentionClass.Fiscal, last), ((await _tracker.RecordsAsync(An.Ada)).MaxBy(record => record.ExpireAt)!.Class, (await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment)).ExpireAt));
    }

    [Fact]
    public async Task A_purpose_without_a_basis_learns_nothing_of_the_person()
    {
        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.Profiling);

        Assert.Equal(Stage.Unspecified, profile.Stage);
        Assert.Empty(profile.IdentifierKinds);
        Assert.Null(profile.LastInteractionAt);
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task What_is_kept_on_a_soft_opt_in_can_be_read_though_nothing_is_stated_of_a_message()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Contacts.NoteSoftOptInAsync(_tracker.Caller, An.SoftOptIn(An.Ada), CancellationToken.None);

        var seen = await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        var sent = await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Email }, CancellationToken.None);

        Assert.Equal(Stage.Customer, seen.Stage);
        Assert.Equal(Reason.SoftOptInCondition, sent.Reason);
    }

    [Fact]
    public async Task A_profile_is_found_by_its_id_as_by_its_identifier()
    {
        var byIdentifier = await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment);

        var byId = await _tracker.Profiles.GetAsync(_tracker.Caller, new(byIdentifier.Id, null), Purpose.OrderFulfilment, CancellationToken.None);

        Assert.Equal((byIdentifier.Id, byIdentifier.Stage), (byId.Id, byId.Stage));
    }

    [Fact]
    public async Task Somebody_unknown_is_not_found()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => _tracker.ProfileAsync(An.Bob, Purpose.OrderFulfilment));

        Assert.Equal(RefusalReason.ProfileNotFound, refused.Reason);
    }

    [Fact]
    public async Task An_identifier_that_names_nobody_is_refused_by_its_field()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.ProfileAsync(new Identifier(IdentifierKind.LoyaltyCard, "0000"), Purpose.OrderFulfilment));

        Assert.Equal("profile.identifier.value", Assert.Single(refused.Violations).Field);
    }
}
