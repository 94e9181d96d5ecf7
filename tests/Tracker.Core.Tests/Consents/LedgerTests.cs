using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>What tests of the ledger share: a store with a notice, and short words for what is done to it.</summary>
public abstract class LedgerTests : IAsyncLifetime
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TestTracker Tracker { get; private set; } = null!;

    protected DateTimeOffset Now => Tracker.Time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        Tracker = await TestTracker.StartAsync();
        await RegisterAsync(An.Notice());
    }

    public async ValueTask DisposeAsync()
    {
        await Tracker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<Notice> RegisterAsync(NoticeDraft notice) => Tracker.Notices.RegisterAsync(Tracker.Caller, notice, Cancellation);

    protected Task<ConsentAppended> RecordAsync(ConsentDraft draft, Caller? caller = null) => Tracker.Ledger.RecordAsync(caller ?? Tracker.Caller, draft, Cancellation);

    protected Task<RefusalException> RefusedAsync(ConsentDraft draft) => Assert.ThrowsAsync<RefusalException>(() => RecordAsync(draft));

    protected Task<ConsentAppended> WithdrawAsync(WithdrawalDraft draft) => Tracker.Ledger.WithdrawAsync(Tracker.Caller, draft, Cancellation);

    protected Task<ConsentAppended> ConfirmAsync(string token) =>
        Tracker.Confirmations.ConfirmAsync(Tracker.Caller, new ConfirmationDraft { Token = token, IpAddress = "203.0.113.77", UserAgent = "Firefox" }, Cancellation);

    protected Task<ConsentAppended> ObjectAsync(Purpose purpose, Identifier by, string id = "objection-1", params ContactChannel[] channels) => Tracker.Objections.ObjectAsync(
        Tracker.Caller, new ObjectionDraft { RequestId = id, Profile = new(null, by), Purpose = purpose, ContactChannels = channels }, Cancellation);

    protected async Task<bool> MayAsync(Purpose purpose, Identifier by, ContactChannel channel = ContactChannel.Unspecified) =>
        (await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, by), new() { Purpose = purpose, ContactChannel = channel }, Cancellation)).IsPermitted;

    /// <summary>Whether the ledger tells of a consent that counts now.</summary>
    protected async Task<bool> CountsAsync(Purpose purpose, Identifier by) => (await Tracker.Consents.GetStandingAsync(
        Tracker.Caller, new(new(null, by), Purpose.ConsentEvidence, purpose, ContactChannel.Unspecified, "", null), Cancellation)).IsValid;

    protected async Task<IReadOnlyList<ConsentEntry>> LedgerAsync(Identifier by) =>
        (await Tracker.Consents.ListAsync(Tracker.Caller, new(null, by), Purpose.ConsentEvidence, 500, "", Cancellation)).Entries;

    protected async Task<Control> ControlAsync(Identifier by) => await Tracker.Lookup.GetAsync(Tracker.Caller, new(null, by), Cancellation);

    protected void Advance(TimeSpan by) => Tracker.Time.Advance(by);

    protected void GoTo(DateTimeOffset instant) => Tracker.Time.SetUtcNow(instant);

    protected Task<ConsentStanding> StandingAsync(Purpose consented, DateTimeOffset at) => Tracker.Consents.GetStandingAsync(
        Tracker.Caller,
        new StandingQuery(new(null, An.Ada), Purpose.RightsHandling, consented, ContactChannel.Unspecified, "", at),
        Cancellation);
}
