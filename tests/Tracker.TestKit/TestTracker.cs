using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Consents.Receipts;
using Tracker.Core.Identities;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Core.Profiles.Matching;
using Tracker.Core.Profiles.Summaries;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Retention.Simulation;
using Tracker.Core.Security;
using Tracker.Storage.RocksDb;

namespace Tracker.TestKit;

/// <summary>The whole product below the wire, on a real embedded store in a folder of its own and a clock that is turned by hand.</summary>
public sealed class TestTracker : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly NoMeters _meters = new();
    private readonly IngestionLoop _loop;
    private readonly OtherProfilesReader _others;
    private readonly LocalProfileCache? _cache;

    private TestTracker(string path, DateTimeOffset now, IngestionOptions options, Policy policy, RetentionOptions retentionOptions, IProfileCache? cache)
    {
        Path = path;
        Time = new FakeTimeProvider(now);
        Store = RocksDbStore.Open(path, Time);
        _cache = cache is null ? new LocalProfileCache(most: 1_000, TimeSpan.FromMinutes(10), Time) : null;
        var dataKeys = new DataKeys(Keys, Time);
        var hasher = new KeyedHasher(Keys, Time);
        var pages = new PageTokens(hasher);
        var wrapped = Options.Create(options);
        Policies = PolicyRegister.Of(new Dictionary<TenantId, Policy> { [new("demo")] = policy, [new("other")] = policy });
        Queue = new IngestionQueue(wrapped, Time);
        var metrics = new IngestionMetrics(_meters, Queue);
        _others = new OtherProfilesReader(Store.Identities, Store.Consents, Store.Keys, dataKeys, Policies);
        var recall = new ProfileRecall(Store.Identities, Store.Consents, cache ?? Cache, Policies);
        WorkingSetReader ReaderOn(IRecordStore store) => new(store, recall, _others, Store.Keys, Store.Contracts, Store.Catalog, dataKeys, Policies, Time);
        PipelineOn = store => new InteractionPipeline(ReaderOn(store), recall, new RecordStamper(dataKeys), new ContactStamper(dataKeys), new AgeStamper(dataKeys), store, Policies, metrics, wrapped, Time);
        Pipeline = PipelineOn(Store.Records);
        _loop = new IngestionLoop(Queue, Pipeline);
        var identifiers = new IdentifierReader(hasher, Policies);
        Rules = new InteractionRules(hasher, identifiers, Policies, wrapped);
        Recorder = new InteractionRecorder(Rules, new SourceQuotas(Time), Queue, metrics, Time);
        Counts = new CountRecorder(Store.Counts, hasher, Policies, Time);
        Catalog = new CatalogRegister(Store.Catalog, pages, Policies, Time);
        Lookup = new ProfileLookup(Store.Identities, identifiers);
        var consentOptions = Options.Create(new ConsentOptions());
        var appender = new LedgerAppender(Store.Consents, Store.Identities, Store.Keys, hasher, dataKeys, new LedgerPreparation(hasher, dataKeys, Passes), _others, Policies, Time);
        var notices = new NoticeCheck(Store.Notices, Policies, Time);
        var noes = new NoAppender(appender, Store.Identities, Policies);
        Ledger = new ConsentLedger(appender, noes, notices, Lookup, consentOptions, Time);
        Confirmations = new Confirmations(Store.Consents, Store.Notices, appender, hasher);
        Objections = new ObjectionLedger(appender, noes, Lookup);
        Contacts = new ContactLedger(appender, notices, Lookup, Time);
        Closing = new ConsentClosing(appender, Lookup);
        var people = new PeopleReader(Store.Identities, Store.Consents, Store.Keys, dataKeys, Lookup, _others);
        Prompts = new PromptCheck(Lookup, people, _others, Store.Notices, Policies, Time);
        Consents = new ConsentReader(Lookup, new ReceiptWriter(Store.Notices, Store.Keys, dataKeys, Policies), people, _others, pages, Policies, Time);
        Notices = new NoticeRegister(Store.Notices, Policies, Time);
        Permissions = new PermissionCheck(people, Policies, Time);
        Opener = new PayloadOpener(Store.Keys, dataKeys);
        ProfileQueries QueriesOn(IProfileReader reader) => new(people, new EarlierVisits(Store.Identities, people), reader, Store.Contracts, Opener, Store.Catalog, pages, Policies, Time);
        ClaimRules = new ClaimRules(identifiers, Rules, Policies);
        ClaimSearchOn = store => new ClaimSearch(store, new ClaimantSearch(Store.Identities, _others, Policies), Store.Reviews, Opener, Policies, Time);
        Claims = new ReceiptClaims(ClaimRules, ClaimSearchOn(Store.Receipts), Queue, metrics, Time);
        Profiles = QueriesOn(Store.Profiles);
        SummariesOn = reader => new ProfileSummariser(QueriesOn(reader), Policies);
        Summaries = SummariesOn(Store.Profiles);
        Persons = new PersonReader(Lookup, Store.Identities);
        Merger = new PersonMerger(Lookup, Persons, Store.Persons, Policies, Passes, Time);
        Previewer = new MergePreviewer(Merger, Store.Consents, people, Policies, Time);
        Matches = new MatchSuggester(Store.Identities, Store.Profiles, people, Opener, Policies, Time);
        Archive = new PolicyArchive(Store.Policies, Policies, Time);
        Explainer = new RecordExplainer(Store.Profiles, Store.Contracts, people, hasher, Policies, Archive, Opener, Store.Catalog, Time);
        ContactExplainer = new ContactExplainer(Store.Profiles, Store.Contracts, people, Policies, Archive, Opener, Time);
        var retention = Options.Create(retentionOptions);
        var retentionMetrics = new RetentionMetrics(_meters);
        var leases = new WorkLeases(Store.Leases, retentionMetrics, retention, Time, NullLogger<WorkLease>.Instance);
        Sweeper = new RetentionSweeper(Store.Expiry, leases, retentionMetrics, retention, NullLogger<RetentionSweeper>.Instance);
        var ender = new ConsentEnder(Store.Consents, hasher, Policies, Time);
        ReviewerOn = reviews => new ProfileReviewer(HoldingsOn(reviews), reviews, Store.Errands, ender, dataKeys, Policies, retentionMetrics, retention, Time);
        var holdings = HoldingsOn(Store.Reviews);
        Reviewer = ReviewerOn(Store.Reviews);
        UnownedOn = reviews => new UnownedReviewer(HoldingsOn(reviews), reviews, dataKeys, Policies, retentionMetrics, retention, Time);
        Unowned = UnownedOn(Store.Reviews);
        Rollout = new PolicyRollout(Store.Rollouts, Store.Identities, Unowned, Store.Errands, Policies, retentionMetrics, retention, Passes, Time);
        Products = new StricterProducts(Catalog, Store.Catalog, Rollout);
        Reviews = new ReviewLoop(Store.Errands, Reviewer, Rollout, Archive, leases, retentionMetrics, retention, Time, NullLogger<ReviewLoop>.Instance);
        Holds = new LegalHolds(Store.LegalHolds, Store.Reviews, Store.Identities, holdings, Reviewer, Policies, Time);
        Simulation = new RetentionSimulation(Store.Identities, holdings, dataKeys, Policies, Time);
    }

    public string Path { get; }

    public FakeTimeProvider Time { get; }

    public RocksDbStore Store { get; }

    public FixedKeys Keys { get; } = new();

    public PolicyRegister Policies { get; }

    public PolicyArchive Archive { get; }

    public IngestionQueue Queue { get; }

    /// <summary>What the node remembers, where the test brings no cache of its own.</summary>
    public LocalProfileCache Cache => _cache ?? throw new InvalidOperationException("The test has brought its own.");

    public InteractionPipeline Pipeline { get; }

    /// <summary>A pipeline that writes through another store, such as one that is slow.</summary>
    public Func<IRecordStore, InteractionPipeline> PipelineOn { get; }

    public InteractionRules Rules { get; }

    public InteractionRecorder Recorder { get; }

    public ClaimRules ClaimRules { get; }

    public Func<IReceiptStore, ClaimSearch> ClaimSearchOn { get; }

    public ReceiptClaims Claims { get; }

    public CountRecorder Counts { get; }

    public CatalogRegister Catalog { get; }

    /// <summary>As the server does it where nothing is set.</summary>
    public static SecondPass Passes { get; } = new(new ConsentOptions().SecondPassDelay);

    public ProfileLookup Lookup { get; }

    public ProfileSummariser Summaries { get; }

    /// <summary>A summariser on another store, such as one in which something happens meanwhile.</summary>
    public Func<IProfileReader, ProfileSummariser> SummariesOn { get; }

    public PersonReader Persons { get; }

    public PersonMerger Merger { get; }

    public MergePreviewer Previewer { get; }

    public MatchSuggester Matches { get; }

    public ConsentLedger Ledger { get; }

    public Confirmations Confirmations { get; }

    public ObjectionLedger Objections { get; }

    public ContactLedger Contacts { get; }

    public ConsentClosing Closing { get; }

    public PromptCheck Prompts { get; }

    public ConsentReader Consents { get; }

    public NoticeRegister Notices { get; }

    public PermissionCheck Permissions { get; }

    public PayloadOpener Opener { get; }

    public ProfileQueries Profiles { get; }

    public RecordExplainer Explainer { get; }

    public ContactExplainer ContactExplainer { get; }

    public RetentionSweeper Sweeper { get; }

    public ProfileReviewer Reviewer { get; }

    public UnownedReviewer Unowned { get; }

    /// <summary>As above.</summary>
    public Func<IReviewStore, UnownedReviewer> UnownedOn { get; }

    /// <summary>A reviewer on another store, such as one in which something happens meanwhile.</summary>
    public Func<IReviewStore, ProfileReviewer> ReviewerOn { get; }

    public PolicyRollout Rollout { get; }

    public StricterProducts Products { get; }

    public ReviewLoop Reviews { get; }

    public LegalHolds Holds { get; }

    public RetentionSimulation Simulation { get; }

    public Caller Caller { get; init; } = new() { Tenant = new("demo"), Source = new("till"), Channel = Channel.Pos };

    /// <param name="after">The tracker whose folder and hour are taken over; it must have been closed.</param>
    public static async Task<TestTracker> StartAsync(
        DateTimeOffset? now = null,
        IngestionOptions? options = null,
        bool isLoopRunning = true,
        Policy? policy = null,
        RetentionOptions? retention = null,
        TestTracker? after = null,
        IProfileCache? cache = null)
    {
        var path = after?.Path ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"tracker-{Guid.CreateVersion7():N}");
        var tracker = new TestTracker(path, now ?? after?.Time.GetUtcNow() ?? Noon, options ?? new IngestionOptions(), policy ?? APolicy.Shipped, retention ?? new RetentionOptions(), cache);
        await tracker.Archive.StoreInForceAsync(CancellationToken.None);
        if (isLoopRunning)
        {
            await tracker._loop.StartAsync(CancellationToken.None);
        }

        return tracker;
    }

    public Task StartLoopAsync() => _loop.StartAsync(CancellationToken.None);

    public Task StopLoopAsync() => _loop.StopAsync(CancellationToken.None);

    public async Task<InteractionOutcome> RecordAsync(InteractionDraft draft) => (await Recorder.RecordAsync(Caller, [draft], CancellationToken.None))[0];

    public Task<IReadOnlyList<InteractionOutcome>> RecordAsync(params InteractionDraft[] drafts) => Recorder.RecordAsync(Caller, drafts, CancellationToken.None);

    /// <summary>Turns the clock and lets the background do all that is due then.</summary>
    public async Task AdvanceToAsync(DateTimeOffset instant)
    {
        Time.SetUtcNow(instant);
        await Reviews.ReviewAsync(fence: null, CancellationToken.None);
        await Sweeper.SweepAsync(CancellationToken.None);
    }

    public async Task<Timeline> TimelineAsync(Identifier identifier, Purpose purpose) =>
        await Profiles.ListAsync(Caller, new TimelineQuery { Profile = new(null, identifier), Purpose = purpose }, CancellationToken.None);

    public Task<ProfileView> ProfileAsync(Identifier identifier, Purpose purpose) => Profiles.GetAsync(Caller, new(null, identifier), purpose, CancellationToken.None);

    /// <summary>Everything of a profile is looked at now, whatever is due.</summary>
    public async Task ReviewAsync(Identifier identifier)
    {
        if (await Lookup.FindAsync(Caller, new(null, identifier), CancellationToken.None) is { } control)
        {
            await Reviewer.ReviewAsync(Caller.Tenant, control.Profile, [], fence: null, CancellationToken.None);
        }
    }

    /// <summary>All that a change of the catalogue asks for, as the background does it: the pass of the policy itself, then that of the products.</summary>
    public async Task FollowProductsAsync()
    {
        await Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        Time.Advance(TimeSpan.FromMinutes(3));
        await Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await Reviews.ReviewAsync(fence: null, CancellationToken.None);
    }

    public async Task<IReadOnlyList<ConsentEntry>> ReadLedgerAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) =>
        (await Store.Consents.ReadAsync(tenant, [profile], cancellation))[0];

    public async Task<IReadOnlyList<InteractionRecord>> RecordsAsync(Identifier identifier)
    {
        var control = await Lookup.FindAsync(Caller, new(null, identifier), CancellationToken.None);
        return control is null ? [] : await Store.Reviews.ListRecordsAsync(Caller.Tenant, control.Profile, null, 1_000, CancellationToken.None);
    }

    /// <summary>Stops, and leaves the folder to whoever starts after it.</summary>
    public async Task CloseAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        Sweeper.Dispose();
        Reviews.Dispose();
        Matches.Dispose();
        _cache?.Dispose();
        Store.Dispose();
        _meters.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Path, recursive: true);
    }

    private HoldingsReader HoldingsOn(IReviewStore reviews) => new(Store.Identities, Store.Consents, Store.Keys, reviews, Store.Rollouts, Store.Contracts, Store.Catalog, _others);
}
