using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Consents;
using Tracker.Core.Consents.Receipts;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Core.Retention;
using Tracker.Core.Security;
using Tracker.Storage.RocksDb;

namespace Tracker.TestKit;

/// <summary>The whole product below the wire, on a real embedded store in a folder of its own and a clock that is turned by hand.</summary>
public sealed class TestTracker : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly NoMeters _meters = new();
    private readonly IngestionLoop _loop;

    private TestTracker(string path, DateTimeOffset now, IngestionOptions options)
    {
        Path = path;
        Time = new FakeTimeProvider(now);
        Store = RocksDbStore.Open(path, Time);
        var keys = new FixedKeys();
        var dataKeys = new DataKeys(keys);
        var hasher = new KeyedHasher(keys);
        var pages = new PageTokens(hasher);
        var wrapped = Options.Create(options);
        Policies = PolicyRegister.Load(new Dictionary<TenantId, string> { [new("demo")] = PolicyRegister.DefaultProfile, [new("other")] = PolicyRegister.DefaultProfile });
        Queue = new IngestionQueue(wrapped);
        var metrics = new IngestionMetrics(_meters, Queue);
        var reader = new WorkingSetReader(Store.Records, Store.Identities, Store.Consents, Store.Keys, Policies, Time);
        Processor = new MicroBatchProcessor(reader, new RecordStamper(dataKeys), new ContactStamper(dataKeys), Store.Records, Policies, metrics, Time);
        _loop = new IngestionLoop(Queue, Processor);
        Rules = new InteractionRules(hasher, Policies, wrapped);
        Recorder = new InteractionRecorder(Rules, Queue, metrics, Time);
        Counts = new CountRecorder(Store.Counts, hasher, Policies, Time);
        Lookup = new ProfileLookup(Store.Identities, Store.Consents, hasher);
        var consentOptions = Options.Create(new ConsentOptions());
        var appender = new LedgerAppender(Store.Consents, Store.Identities, Store.Keys, hasher, dataKeys, new LedgerPreparation(hasher, dataKeys, consentOptions), Policies, Time);
        Ledger = new ConsentLedger(appender, new NoticeCheck(Store.Notices, Policies), Lookup, consentOptions, Time);
        Confirmations = new Confirmations(Store.Consents, appender, hasher);
        Objections = new ObjectionLedger(appender, Lookup);
        Contacts = new ContactLedger(appender, Lookup, Time);
        Closing = new ConsentClosing(appender, Lookup);
        Prompts = new PromptCheck(Lookup, Store.Notices, Policies, Time);
        Consents = new ConsentReader(Lookup, new ReceiptWriter(Store.Notices, Store.Keys, dataKeys, Policies), pages, Policies, Time);
        Notices = new NoticeRegister(Store.Notices, Policies, Time);
        Permissions = new PermissionCheck(Lookup, Policies, Time);
        Opener = new PayloadOpener(Store.Keys, dataKeys);
        Profiles = new ProfileQueries(Lookup, Store.Profiles, Opener, pages, Policies, Time);
        Explainer = new RecordExplainer(Store.Profiles, Lookup, hasher, Policies, Time);
        Sweeper = new RetentionSweeper(Store.Expiry, new RetentionMetrics(_meters), Options.Create(new RetentionOptions()), Time, NullLogger<RetentionSweeper>.Instance);
    }

    public string Path { get; }

    public FakeTimeProvider Time { get; }

    public RocksDbStore Store { get; }

    public PolicyRegister Policies { get; }

    public IngestionQueue Queue { get; }

    public MicroBatchProcessor Processor { get; }

    public InteractionRules Rules { get; }

    public InteractionRecorder Recorder { get; }

    public CountRecorder Counts { get; }

    public ProfileLookup Lookup { get; }

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

    public RetentionSweeper Sweeper { get; }

    public Caller Caller { get; init; } = new() { Tenant = new("demo"), Source = new("till"), Channel = Channel.Pos };

    public static async Task<TestTracker> StartAsync(DateTimeOffset? now = null, IngestionOptions? options = null, bool isLoopRunning = true)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"tracker-{Guid.CreateVersion7():N}");
        var tracker = new TestTracker(path, now ?? Noon, options ?? new IngestionOptions());
        if (isLoopRunning)
        {
            await tracker._loop.StartAsync(CancellationToken.None);
        }

        return tracker;
    }

    public Task StartLoopAsync() => _loop.StartAsync(CancellationToken.None);

    public Task StopLoopAsync() => _loop.StopAsync(CancellationToken.None);

    public async Task<InteractionOutcome> RecordAsync(InteractionDraft draft) =>
        (await Recorder.RecordAsync(Caller, [draft], CancellationToken.None))[0];

    public Task<IReadOnlyList<InteractionOutcome>> RecordAsync(params InteractionDraft[] drafts) =>
        Recorder.RecordAsync(Caller, drafts, CancellationToken.None);

    public async Task<Timeline> TimelineAsync(Identifier identifier, Purpose purpose) =>
        await Profiles.ListAsync(Caller, new TimelineQuery { Profile = new(null, identifier), Purpose = purpose }, CancellationToken.None);

    public Task<ProfileView> ProfileAsync(Identifier identifier, Purpose purpose) =>
        Profiles.GetAsync(Caller, new(null, identifier), purpose, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        Sweeper.Dispose();
        Store.Dispose();
        _meters.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
