using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts.Persons;

/// <summary>What a node does with identities, below the wire: it records interactions and decisions, merges and takes merges back.</summary>
internal sealed class IdentityNode : IDisposable
{
    private readonly NoMeters _meters = new();
    private readonly IngestionQueue _queue;
    private readonly InteractionPipeline _pipeline;
    private readonly InteractionRules _rules;
    private readonly ProfileLookup _lookup;
    private readonly PersonMerger _merger;
    private readonly IIdentityStore _identities;
    private readonly IdentifierReader _identifiers;
    private readonly NoticeRegister _notices;
    private readonly ConsentLedger _ledger;
    private readonly TimeProvider _time;

    public IdentityNode(IStorageUnderTest storage, TimeProvider time, FixedKeys? shared = null)
    {
        _time = time;
        var keys = shared ?? new FixedKeys();
        var (hasher, dataKeys, options, consents) = (new KeyedHasher(keys, time), new DataKeys(keys, time), Options.Create(new IngestionOptions()), Options.Create(new ConsentOptions()));
        var policies = PolicyRegister.Of(new Dictionary<TenantId, Policy> { [A.Tenant] = APolicy.Shipped });
        (_identities, _identifiers) = (storage.Identities, new IdentifierReader(hasher, policies));
        var recall = new ProfileRecall(storage.Identities, storage.Consents, new NoProfileCache(), policies);
        var others = new OtherProfilesReader(storage.Identities, storage.Consents, storage.Keys, dataKeys, policies);
        var reader = new WorkingSetReader(storage.Records, recall, others, storage.Keys, storage.Contracts, storage.Catalog, dataKeys, policies, time);
        _queue = new IngestionQueue(options, time);
        _pipeline = new InteractionPipeline(reader, recall, new RecordStamper(dataKeys), new ContactStamper(dataKeys), new AgeStamper(dataKeys), storage.Records, policies, new IngestionMetrics(_meters, _queue), options, time);
        _rules = new InteractionRules(hasher, _identifiers, policies, options);
        _lookup = new ProfileLookup(storage.Identities, _identifiers);
        _merger = new PersonMerger(_lookup, new PersonReader(_lookup, storage.Identities), storage.Persons, policies, TestTracker.Passes, time);
        var appender = new LedgerAppender(storage.Consents, storage.Identities, storage.Keys, hasher, dataKeys, new LedgerPreparation(hasher, dataKeys, TestTracker.Passes), others, policies, time);
        _notices = new NoticeRegister(storage.Notices, policies, time);
        _ledger = new ConsentLedger(appender, new NoAppender(appender, storage.Identities, policies), new NoticeCheck(storage.Notices, policies, time), _lookup, consents, time);
    }

    public static Caller Till { get; } = new() { Tenant = A.Tenant, Source = new("till"), Channel = Channel.Pos };

    public async Task<InteractionOutcome> RecordAsync(InteractionDraft draft)
    {
        var (interaction, violations) = _rules.Judge(Till, draft, _time.GetUtcNow());
        Assert.Empty(violations);
        var pending = new PendingInteraction(interaction!);
        await _pipeline.ProcessAsync(A.Tenant, [pending], TestContext.Current.CancellationToken);
        return pending.Outcome!;
    }

    public Task RegisterAsync(NoticeDraft notice) => _notices.RegisterAsync(Till, notice, TestContext.Current.CancellationToken);

    public Task DecideAsync(ConsentDraft decision) => _ledger.RecordAsync(Till, decision, TestContext.Current.CancellationToken);

    public async Task<LinkedPerson> MergeAsync(Identifier first, Identifier second) =>
        await _merger.MergeAsync(Till, new(await NameAsync(first), await NameAsync(second), "", []), TestContext.Current.CancellationToken);

    public async Task<LinkedPerson> UnmergeAsync(Identifier by, LinkId link) =>
        await _merger.UnmergeAsync(Till, new(await NameAsync(by), link, "", []), TestContext.Current.CancellationToken);

    public Task<Control?> FindAsync(Identifier identifier) => _lookup.FindAsync(Till, new(null, identifier), TestContext.Current.CancellationToken);

    /// <returns>Where it leads under each version of the key under which it leads anywhere.</returns>
    public async Task<IEnumerable<ProfileId>> FindUnderEachKeyAsync(Identifier identifier) =>
        (await _identities.FindAsync(A.Tenant, [.. _identifiers.Read(Till, identifier).Hash.UnderAnyKey()], TestContext.Current.CancellationToken)).OfType<ProfileId>();

    public void Dispose() => _meters.Dispose();

    /// <summary>A profile that is known by a machine is named by its id.</summary>
    private async Task<ProfileReference> NameAsync(Identifier identifier) =>
        identifier.Kind is IdentifierKind.Cookie or IdentifierKind.Device && await FindAsync(identifier) is { } control ? new(control.Profile, null) : new(null, identifier);
}
