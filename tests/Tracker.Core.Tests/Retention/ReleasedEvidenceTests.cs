using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>A hold keeps what proof is there when it is placed; lifted, it must not cost the person a word that still stands.</summary>
public sealed class ReleasedEvidenceTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E22")]
    public async Task An_objection_stands_after_a_hold_that_lasted_longer_than_proof_is_kept()
    {
        var objection = await _tracker.Objections.ObjectAsync(
            _tracker.Caller, new() { RequestId = "o", Profile = new(null, An.Ada), Purpose = Purpose.DirectMarketing }, CancellationToken.None);
        var hold = await HoldAsync(objection.Entry!.Profile);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddYears(6));

        await _tracker.Holds.ReleaseAsync(_tracker.Caller, hold, CancellationToken.None);

        Assert.True((await LedgerAsync(objection.Entry.Profile)).Single().ExpireAt > TestTracker.Noon.AddYears(15));
        for (var year = 7; year <= 20; year++)
        {
            await _tracker.AdvanceToAsync(TestTracker.Noon.AddYears(year).AddDays(4 * year));
        }

        Assert.Single(await LedgerAsync(objection.Entry.Profile));
    }

    [Fact]
    [Trait("Compliance", "E22")]
    [Trait("Compliance", "R-040")]
    public async Task A_withdrawal_is_kept_as_long_as_the_consent_that_it_bounds()
    {
        var given = await _tracker.Ledger.RecordAsync(
            _tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email, ContactChannel.Sms]), CancellationToken.None);
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await WithdrawAsync("w-1", ContactChannel.Sms);
        _tracker.Time.Advance(TimeSpan.FromDays(400));
        await WithdrawAsync("w-2", ContactChannel.Email);
        await _tracker.ReviewAsync(An.Ada);
        var before = Ends(await LedgerAsync(given.Entry!.Profile));
        var hold = await HoldAsync(given.Entry.Profile);

        await _tracker.Holds.ReleaseAsync(_tracker.Caller, hold, CancellationToken.None);

        Assert.Equal(before, Ends(await LedgerAsync(given.Entry.Profile)));
    }

    [Fact]
    public async Task A_decision_lives_as_long_as_the_objection_that_it_upholds()
    {
        var objection = await _tracker.Objections.ObjectAsync(
            _tracker.Caller, new() { RequestId = "o", Profile = new(null, An.Ada), Purpose = Purpose.FraudSecurity }, CancellationToken.None);
        await _tracker.Objections.DecideAsync(
            _tracker.Caller,
            new() { RequestId = "d", Profile = new(null, An.Ada), Objection = objection.Entry!.Id, Decision = ConsentState.ObjectionUpheld },
            CancellationToken.None);

        for (var year = 1; year <= 12; year++)
        {
            await _tracker.AdvanceToAsync(TestTracker.Noon.AddYears(year).AddDays(4 * year));
        }

        Assert.Equal([ConsentState.Objected, ConsentState.ObjectionUpheld], (await LedgerAsync(objection.Entry.Profile)).Select(entry => entry.State));
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task Proof_that_had_expired_but_was_still_stored_when_its_hold_was_placed_can_be_read_under_it_until_its_release()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        var given = (await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None)).Entry!;
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);
        _tracker.Time.SetUtcNow((await LedgerAsync(given.Profile)).Single(entry => entry.Id == given.Id).ExpireAt!.Value.AddMinutes(1));
        var before = await LedgerAsync(given.Profile);

        var hold = await HoldAsync(given.Profile);
        await _tracker.Sweeper.SweepAsync(CancellationToken.None);
        var proof = await _tracker.Consents.GetProofAsync(_tracker.Caller, new(given.Profile, null), Purpose.ConsentEvidence, given.Id, CancellationToken.None);
        await _tracker.Holds.ReleaseAsync(_tracker.Caller, hold, CancellationToken.None);

        Assert.DoesNotContain(before, entry => entry.Id == given.Id);
        Assert.Equal(An.Notice().Text, proof.NoticeText);
        Assert.DoesNotContain(await LedgerAsync(given.Profile), entry => entry.Id == given.Id);
    }

    private static IEnumerable<(long, DateTimeOffset?)> Ends(IReadOnlyList<ConsentEntry> ledger) => [.. ledger.Select(entry => (entry.Sequence, entry.ExpireAt))];

    private Task<ConsentAppended> WithdrawAsync(string id, ContactChannel channel) =>
        _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, id: id) with { ContactChannels = [channel] }, CancellationToken.None);

    private async Task<string> HoldAsync(ProfileId profile) => (await _tracker.Holds.PlaceAsync(
        _tracker.Caller,
        new()
        {
            Kind = HoldKind.Litigation,
            Id = "case-1",
            Profiles = [profile],
            Classes = RetentionClasses.Of([RetentionClass.Evidence]),
            ApprovedBy = "dpo",
            ReviewAt = _tracker.Time.GetUtcNow().AddMonths(6),
        },
        CancellationToken.None)).Hold.Id;

    private Task<IReadOnlyList<ConsentEntry>> LedgerAsync(ProfileId profile) =>
        _tracker.ReadLedgerAsync(_tracker.Caller.Tenant, profile, CancellationToken.None);
}
