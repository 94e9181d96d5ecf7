using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities;

/// <summary>The same digits from a till in Rome and from one in Paris are two people.</summary>
public sealed class RegionTests : IAsyncLifetime
{
    private static readonly Identifier National = new(IdentifierKind.Phone, "06 12 34 56 78");
    private static readonly Identifier Italian = new(IdentifierKind.Phone, "+39 06 1234 5678");
    private static readonly Identifier French = new(IdentifierKind.Phone, "+33 6 12 34 56 78");

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_national_number_leads_to_the_person_of_the_region_of_its_source()
    {
        await RecordAsync("IT", "receipt-1", National);
        await RecordAsync("FR", "receipt-2", National);

        var (italian, french) = (await _tracker.RecordsAsync(Italian), await _tracker.RecordsAsync(French));

        Assert.Single(italian.Select(record => record.Key).Distinct());
        Assert.Single(french.Select(record => record.Key).Distinct());
        Assert.NotEqual(italian[0].Profile, french[0].Profile);
    }

    [Fact]
    public async Task Whoever_asks_by_a_national_number_means_their_own_region()
    {
        await RecordAsync("IT", "receipt-1", Italian);

        var profile = await _tracker.Profiles.GetAsync(Caller("IT"), new(null, National), Purpose.OrderFulfilment, CancellationToken.None);
        var withdrawal = await _tracker.Ledger.WithdrawAsync(Caller("IT"), An.Withdrawal(Purpose.DirectMarketing, National), CancellationToken.None);

        Assert.Equal(profile.Id, withdrawal.Entry!.Profile);
        await Assert.ThrowsAsync<RefusalException>(() => _tracker.Profiles.GetAsync(Caller("FR"), new(null, National), Purpose.OrderFulfilment, CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_region_a_national_number_is_named_as_what_is_wrong()
    {
        var outcome = (await _tracker.Recorder.RecordAsync(Caller(null), [An.Receipt() with { Identifiers = [National] }], CancellationToken.None))[0];

        Assert.Equal((Outcome.Invalid, "identifiers[0].value"), (outcome.Outcome, Assert.Single(outcome.Violations).Field));
        Assert.Contains("region", outcome.Violations[0].Description, StringComparison.Ordinal);
    }

    private Caller Caller(string? region) => _tracker.Caller with { Region = region };

    private async Task RecordAsync(string region, string id, Identifier by) =>
        await _tracker.Recorder.RecordAsync(Caller(region), [An.Receipt(id) with { Identifiers = [by] }], CancellationToken.None);
}
