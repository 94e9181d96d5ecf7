using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Driver;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Security;
using Tracker.Storage.Mongo;
using Tracker.Storage.RocksDb;
using Tracker.TestKit;
using Outcome = Tracker.Core.Model.Outcome;

namespace Tracker.Bench.Identity;

/// <summary>People with one e-mail address, one order and one record each, in a store of their own.</summary>
internal sealed class KnownPeople : IAsyncDisposable
{
    private const int Commit = 1_000;
    private const string Blocked = "nobody@shop.example";
    private const string Heavy = "heavy@example.com";
    private const int HeavyNumbers = 500_000_000;

    private static readonly Caller Till = new() { Tenant = A.Tenant, Source = new("till"), Channel = Channel.Pos };

    private readonly Func<IReadOnlyList<PendingInteraction>, CancellationToken, Task> _read;
    private readonly Func<IReadOnlyList<PendingInteraction>, CancellationToken, Task> _process;
    private readonly Func<MicroBatch, CancellationToken, Task> _commit;
    private readonly Stores _stores;
    private readonly ProfileReviewer _reviewer;
    private readonly Policy _policy = APolicy.With(Block);
    private readonly DataKeys _dataKeys;
    private readonly NoMeters _meters = new();
    private readonly IngestionLoop _loop;
    private readonly Func<ValueTask> _close;
    private readonly KeyedHasher _hasher = new(new FixedKeys(), TimeProvider.System);
    private readonly InteractionRules _rules;
    private uint _drawn = 1;
    private int _count;
    private ProfileId _heavy;

    private KnownPeople(Stores stores, Func<ValueTask> close)
    {
        var policies = PolicyRegister.Of(new Dictionary<TenantId, Policy> { [A.Tenant] = _policy });
        var dataKeys = new DataKeys(new FixedKeys(), TimeProvider.System);
        var recall = new ProfileRecall(stores.Identities, stores.Consents, new NoProfileCache(), policies);
        var others = new OtherProfilesReader(stores.Identities, stores.Consents, stores.Keys, dataKeys, policies);
        var reader = new WorkingSetReader(stores.Records, recall, others, stores.Keys, stores.Contracts, stores.Catalog, dataKeys, policies, TimeProvider.System);
        var options = Microsoft.Extensions.Options.Options.Create(new IngestionOptions());
        _rules = new InteractionRules(_hasher, new IdentifierReader(_hasher, policies), policies, options);
        _dataKeys = dataKeys;
        var queue = new IngestionQueue(options, TimeProvider.System);
        _loop = new IngestionLoop(queue, new InteractionPipeline(
            reader, recall, new RecordStamper(dataKeys), new ContactStamper(dataKeys), new AgeStamper(dataKeys), stores.Records, policies,
            new IngestionMetrics(_meters, queue), options, TimeProvider.System));
        _read = (pending, cancellation) => reader.ReadAsync(A.Tenant, pending, cancellation);
        _process = (pending, cancellation) =>
        {
            var call = new PendingCall(pending, 0);
            queue.Enter(call);
            return call.Answered.WaitAsync(cancellation);
        };
        _commit = stores.Records.CommitAsync;
        var holdings = new HoldingsReader(stores.Identities, stores.Consents, stores.Keys, stores.Reviews, stores.Rollouts, stores.Contracts, stores.Catalog, others);
        _reviewer = new ProfileReviewer(
            holdings, stores.Reviews, stores.Errands, new ConsentEnder(stores.Consents, _hasher, policies, TimeProvider.System), dataKeys, policies,
            new RetentionMetrics(_meters), Microsoft.Extensions.Options.Options.Create(new RetentionOptions()), TimeProvider.System);
        _stores = stores;
        _close = close;
    }

    public static KnownPeople OnRocksDb()
    {
        var folder = Directory.CreateTempSubdirectory("tracker-bench-").FullName;
        var store = RocksDbStore.Open(folder, TimeProvider.System);
        return new(new(store.Records, store.Identities, store.Consents, store.Keys, store.Contracts, store.Catalog, store.Reviews, store.Rollouts, store.Errands), () =>
        {
            store.Dispose();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        });
    }

    public static async Task<KnownPeople> OnMongoAsync(string address, CancellationToken cancellation)
    {
        var options = new MongoStoreOptions { ConnectionString = address, Database = $"bench_{Guid.NewGuid():N}"[..20] };
        var meters = new NoMeters();
        var store = await MongoStore.OpenAsync(options, () => new Polly.ResiliencePipelineBuilder(), new StoreMetrics(meters), NullLogger<MongoStore>.Instance, TimeProvider.System, cancellation);
        return new(new(store.Records, store.Identities, store.Consents, store.Keys, store.Contracts, store.Catalog, store.Reviews, store.Rollouts, store.Errands), async () =>
        {
            store.Dispose();
            meters.Dispose();
            using var client = new MongoClient(address);
            await client.DropDatabaseAsync(options.Database, CancellationToken.None);
        });
    }

    public async Task GrowToAsync(int count, CancellationToken cancellation)
    {
        if (_loop.ExecuteTask is null)
        {
            await _loop.StartAsync(cancellation);
        }

        var until = DateTimeOffset.UtcNow.AddYears(1);
        while (_count < count)
        {
            int[] numbers = [.. Enumerable.Range(_count, Math.Min(Commit, count - _count))];
            var profiles = numbers.ToDictionary(number => number, _ => ProfileId.New(DateTimeOffset.UtcNow));
            await _commit(
                MicroBatches.Of(
                    [.. numbers.Select(number => A.NewProfile(profiles[number], _hasher.Identifier(A.Tenant, IdentifierKind.Email, "", AddressOf(number))) with { NewKeys = KeysOf(profiles[number]) })],
                    [.. numbers.Select(number => A.Interaction(number, profiles[number], DateTimeOffset.UtcNow, until, null, RetentionClass.Order))]),
                cancellation);
            _count += numbers.Length;
        }
    }

    /// <summary>One person with very many cookies and interactions, all on a consent that is none any more.</summary>
    public async Task AddHeavyAsync(int cookies, int interactions, CancellationToken cancellation)
    {
        var profile = _heavy = ProfileId.New(DateTimeOffset.UtcNow);
        var identifiers = Enumerable.Range(0, cookies).Select(cookie => _hasher.Identifier(A.Tenant, IdentifierKind.Cookie, "", $"cookie{cookie}")).Prepend(_hasher.Identifier(A.Tenant, IdentifierKind.Email, "", Heavy));
        var change = A.NewProfile(profile, [.. identifiers]) with { NewKeys = KeysOf(profile) };
        for (var number = 0; number < interactions; number += Commit)
        {
            var numbers = Enumerable.Range(HeavyNumbers + number, Math.Min(Commit, interactions - number));
            await _commit(
                MicroBatches.Of(change, [.. numbers.Select(one => A.Interaction(OfHeavy(one)))]),
                cancellation);
            change = A.KnownProfile(profile);
        }
    }

    /// <summary>All records of the heavy person, again and again, a chunk at a time as a review reads them.</summary>
    /// <returns>How many were read before it was cancelled.</returns>
    public async Task<long> ReadHeavyAsync(CancellationToken cancellation)
    {
        var read = 0L;
        for (RecordAddress? after = null; !cancellation.IsCancellationRequested;)
        {
            var chunk = await _stores.Reviews.ListRecordsAsync(A.Tenant, _heavy, after, Commit, CancellationToken.None);
            (read, after) = (read + chunk.Count, chunk.Count < Commit ? null : RecordAddress.Of(chunk[^1]));
        }

        return read;
    }

    /// <summary>The review after a withdrawal: no record on consent is left of the heavy person when it returns; receipts on their contract are.</summary>
    public async Task DeleteHeavyAsync(CancellationToken cancellation)
    {
        await _reviewer.ReviewAsync(A.Tenant, _heavy, [], fence: null, cancellation);
        var left = await _stores.Reviews.ListRecordsAsync(A.Tenant, _heavy, after: null, Commit, cancellation);
        if (left.Any(record => record.Grants.Any(grant => grant.Basis == LegalBasis.Consent)))
        {
            throw new InvalidOperationException("A record of the heavy person was left.");
        }
    }

    /// <returns>Microseconds for each interaction: of the reading alone, and of all from reading to durable; by micro-batch, rising. The first half warms up and does not count.</returns>
    public async Task<(double[] Reading, double[] Whole)> MeasureAsync(int batch, int rounds, CancellationToken cancellation, Crowd crowd = Crowd.Anybody)
    {
        List<double> reading = [];
        List<double> whole = [];
        for (var round = 0; round < 2 * rounds; round++)
        {
            reading.Add(await MeasureAsync(_read, Draw(batch, crowd)) / batch);
            var pending = Draw(batch, crowd);
            whole.Add(await MeasureAsync(_process, pending) / batch);
            if (pending.Any(item => item.Outcome is not { Outcome: Outcome.Accepted or Outcome.AcceptedStripped }))
            {
                throw new InvalidOperationException("An interaction was not accepted.");
            }
        }

        return ([.. reading.TakeLast(rounds).Order()], [.. whole.TakeLast(rounds).Order()]);

        async Task<double> MeasureAsync(Func<IReadOnlyList<PendingInteraction>, CancellationToken, Task> act, PendingInteraction[] pending)
        {
            var watch = Stopwatch.StartNew();
            await act(pending, cancellation);
            return watch.Elapsed.TotalMicroseconds;
        }
    }

    private PendingInteraction[] Draw(int count, Crowd crowd) => [.. Enumerable.Range(0, count).Select(place =>
    {
        var (id, anybody) = ($"message-{_drawn}", AddressOf(Draw()));
        return Pending(id, place == 0 && crowd == Crowd.WithHeavy ? Heavy : anybody, crowd == Crowd.WithBlocked);
    })];

    private static void Block(JsonObject policy) => policy["blocked_identifiers"]!.AsArray().Add(new JsonObject
    {
        ["id"] = "nobody",
        ["kind"] = "EMAIL",
        ["values"] = new JsonArray(Blocked),
        ["reason"] = "What tills send for customers without an address.",
    });

    private InteractionRecord OfHeavy(int number)
    {
        var record = A.Record(number, _heavy, RetentionClass.Order, at: DateTimeOffset.UtcNow, until: DateTimeOffset.UtcNow.AddYears(1));
        return record with { Decision = record.Decision with { PolicySha256 = _policy.Sha256 } };
    }

    private Dictionary<RetentionClass, WrappedKey> KeysOf(ProfileId profile) =>
        new RetentionClass[] { RetentionClass.Order, RetentionClass.Fiscal }.ToDictionary(member => member, member => _dataKeys.Wrap(A.Tenant, profile, member, DataKeys.New()));

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        await _close();
        _meters.Dispose();
    }

    private static string AddressOf(int number) => $"person{number}@example.com";

    /// <summary>Anybody, spread over all of them: Knuth's multiplicative hash of how many were drawn.</summary>
    private int Draw() => (int)(unchecked(_drawn++ * 2_654_435_761) % (uint)_count);

    private PendingInteraction Pending(string id, string by, bool withBlocked)
    {
        Identifier[] blocked = withBlocked ? [new(IdentifierKind.Email, Blocked)] : [];
        var draft = An.Receipt(id, at: DateTimeOffset.UtcNow.AddMinutes(-1)) with { Identifiers = [new(IdentifierKind.Email, by), .. blocked] };
        var (interaction, violations) = _rules.Judge(Till, draft, DateTimeOffset.UtcNow);
        return violations.Count == 0 ? new(interaction!) : throw new InvalidOperationException(violations[0].Description);
    }

    private sealed record Stores(
        IRecordStore Records,
        IIdentityStore Identities,
        IConsentStore Consents,
        IKeyStore Keys,
        IContractStore Contracts,
        Core.Catalog.ICatalogStore Catalog,
        IReviewStore Reviews,
        IRolloutStore Rollouts,
        IErrandStore Errands);
}
