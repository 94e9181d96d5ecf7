using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class ClaimRulesTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    public static TheoryData<string, ClaimDraft> Wrong => new()
    {
        { "receipt", Sound with { Receipt = null } },
        { "receipt.kind", Sound with { Receipt = An.Ada } },
        { "receipt.value", Sound with { Receipt = new(IdentifierKind.Receipt, "") } },
        { "receipt.scheme", Sound with { Receipt = new(IdentifierKind.Receipt, "1") { Scheme = "unknown" } } },
        { "identifiers", Sound with { Identifiers = [] } },
        { "identifiers", Sound with { Identifiers = [An.AdasCookie] } },
        { "identifiers", Sound with { Identifiers = [.. Enumerable.Repeat(An.Ada, Identifier.MaxTogether + 1)] } },
        { "identifiers[1].kind", Sound with { Identifiers = [An.Ada, new(IdentifierKind.Receipt, "1")] } },
        { "identifiers[0].value", Sound with { Identifiers = [new(IdentifierKind.Email, "no address")] } },
        { "claimed_at", Sound with { ClaimedAt = null } },
        { "claimed_at", Sound with { ClaimedAt = TestTracker.Noon.AddMinutes(6) } },
        { "total", Sound with { Violations = [new("total", "is too large")] } },
    };

    private static ClaimDraft Sound => new() { Receipt = new(IdentifierKind.Receipt, "1"), Identifiers = [An.Ada], ClaimedAt = TestTracker.Noon };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task What_is_wrong_is_told_by_field(string field, ClaimDraft draft)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Claims.ClaimAsync(_tracker.Caller, draft, CancellationToken.None));

        Assert.Equal(RefusalReason.InvalidRequest, refusal.Reason);
        Assert.Equal([field], refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task A_machine_beside_a_person_is_taken_as_by_any_interaction()
    {
        await _tracker.RecordAsync(An.Receipt() with { Identifiers = [Sound.Receipt!] });

        await _tracker.Claims.ClaimAsync(_tracker.Caller, Sound with { Identifiers = [An.AdasCookie, An.Ada] }, CancellationToken.None);

        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment);
        Assert.Equal([IdentifierKind.Cookie, IdentifierKind.Email], profile.IdentifierKinds.OrderByDescending(kind => kind));
    }

    [Fact]
    public async Task A_value_that_the_source_s_machines_share_is_told_by_its_place()
    {
        await _tracker.RecordAsync(An.Receipt() with { Identifiers = [Sound.Receipt!] });

        var outcome = await _tracker.Claims.ClaimAsync(_tracker.Caller with { HasSharedDevices = true }, Sound with { Identifiers = [An.AdasCookie, An.Ada] }, CancellationToken.None);

        Assert.Equal(["identifiers[0]"], outcome.StrippedFields);
    }
}
