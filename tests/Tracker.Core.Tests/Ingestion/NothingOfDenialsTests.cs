using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Dump;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>Whatever the reason of a denial: the whole store is byte for byte as it was.</summary>
public sealed class NothingOfDenialsTests : IAsyncLifetime
{
    private static readonly Identifier Unknown = new(IdentifierKind.Phone, "+390612345678");

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Catalog.UpsertAsync(
            _tracker.Caller,
            [An.ProductEntry("insulin") with { SpecialCategory = SpecialCategory.Health }, An.ProductEntry("radar-jammer") with { SpecialCategory = SpecialCategory.CriminalOffence }],
            CancellationToken.None);
        await _tracker.RecordAsync(An.Order("order-1", An.Ada), An.Order("order-2", An.Bob));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await _tracker.Objections.ObjectAsync(_tracker.Caller, new() { RequestId = "objection", Profile = new(null, An.Ada), Purpose = Purpose.DirectMarketing }, CancellationToken.None);
        await _tracker.RecordAsync(An.Newsletter("account", An.Bob) with { Type = "account.opened", Content = new() { Contact = new() { BirthDate = new(2012, 1, 1) } } });
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    public static TheoryData<Reason, InteractionDraft> Denials => new()
    {
        { Reason.Art9Condition, View(An.AdasCookie, "insulin", Purpose.Profiling) },
        { Reason.Art10Forbidden, View(An.Ada, "radar-jammer", Purpose.Profiling) },
        { Reason.ContractRefInvalid, An.Order("order-1", An.Bob) with { MessageId = "stolen", Purposes = [Purpose.OrderFulfilment] } },
        { Reason.Objected, An.Newsletter("again", An.Ada) },
        { Reason.MinorProfiling, An.PageView("view", An.Bob, purposes: Purpose.Profiling) },
        { Reason.MinorProfiling, An.Newsletter("minor", An.Ada) with { Type = "account.opened", Purposes = [Purpose.Profiling], Content = new() { Contact = new() { BirthDate = new(2012, 1, 1) } } } },
    };

    [Theory]
    [MemberData(nameof(Denials), DisableDiscoveryEnumeration = true)]
    public async Task A_denial_leaves_not_one_byte(Reason reason, InteractionDraft draft)
    {
        if (reason == Reason.Art9Condition)
        {
            await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.AdasCookie), CancellationToken.None);
        }

        await ShowAsync(reason, draft);
    }

    [Fact]
    public async Task What_is_denied_of_a_restricted_profile_leaves_not_one_byte()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        await _tracker.Store.Reviews.ChangeHoldsAsync(control.Tenant, control.Profile, control.ConsentEpoch, [], isRestricted: true, [], CancellationToken.None);

        await ShowAsync(Reason.Restricted, An.Order("order-3", An.Ada) with { Purposes = [Purpose.OrderFulfilment] });
    }

    [Fact]
    public async Task A_write_that_was_refused_at_its_deadline_leaves_not_one_byte()
    {
        var before = Dump();
        var (sound, _) = _tracker.Rules.Judge(_tracker.Caller, An.Order("order-3", An.Ada) with { Identifiers = [An.Ada, Unknown] }, TestTracker.Noon);

        await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.PipelineOn(new LateStore(_tracker.Store.Records, _tracker.Time)).ProcessAsync(_tracker.Caller.Tenant, [new PendingInteraction(sound!)], CancellationToken.None));

        Assert.Equal(before, Dump());
    }

    private async Task ShowAsync(Reason reason, InteractionDraft draft)
    {
        var before = Dump();

        var outcome = await _tracker.RecordAsync(draft with { Identifiers = [.. draft.Identifiers, Unknown] });

        Assert.Equal((Outcome.Denied, reason, APolicy.Shipped.Version), (outcome.Outcome, outcome.Reason, outcome.PolicyVersion));
        Assert.True(outcome.PolicySha256.Span.SequenceEqual(APolicy.Shipped.Sha256.Span));
        Assert.Equal(before, Dump());
    }

    private static InteractionDraft View(Identifier by, string product, Purpose purpose) => An.PageView("view", by, null, purpose) with
    {
        Type = "product.viewed",
        Content = new() { Commerce = new() { Lines = [new() { ProductId = product }] } },
    };

    private List<string> Dump() =>
        [.. StoreDump.Parts.SelectMany(part => _tracker.Store.Dump.Read(part, new DumpOptions()).Select(line => $"{part} {line}"))];

    /// <summary>The deadline passes while the store has not begun to write.</summary>
    private sealed class LateStore(IRecordStore inner, FakeTimeProvider time) : IRecordStore
    {
        public int CommitsAtATime => inner.CommitsAtATime;

        public int MinPartSize => inner.MinPartSize;

        public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) => inner.ExistAsync(tenant, keys, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadContactsAsync(tenant, profiles, cancellation);

        public Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
        {
            time.Advance(new IngestionOptions().WriteDeadline);
            return inner.CommitAsync(batch, cancellation);
        }
    }
}
