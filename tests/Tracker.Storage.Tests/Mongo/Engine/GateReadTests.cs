using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;
using Tracker.Storage.Mongo;
using Tracker.Storage.Mongo.Engine;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Engine;

/// <summary>What decides is read where every acknowledged withdrawal is, whatever the connection string says.</summary>
public sealed class GateReadTests : IAsyncLifetime
{
    private readonly MongoStorage _storage = new();
    private readonly SentQueries _queries = new();
    private MongoStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.StartAsync();
        _store = await _storage.OpenAsync(_storage.Time, isExpiredByServer: false, settings =>
        {
            _queries.ListenTo(settings);
            (settings.ReadPreference, settings.ReadConcern) = (ReadPreference.SecondaryPreferred, ReadConcern.Available);
        });
        await _store.FillAsync(Cancellation);
        _queries.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    [Trait("Compliance", "E47")]
    public async Task Answer_before_a_campaign_is_sent_is_read_from_the_primary_as_the_majority_knows_it()
    {
        var (check, ada, question) = (Check(), new ProfileReference(A.Ada, null), new PermissionQuestion { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Email });
        var caller = new Caller { Tenant = A.Tenant, Source = new("crm"), Channel = Channel.Web };

        await check.CheckAsync(caller, ada, question, Cancellation);
        await check.CheckAudienceAsync(caller, [ada, new(null, An.Ada)], question, Cancellation);

        AssertDurable(CollectionNames.Consents, CollectionNames.Controls, CollectionNames.Identifiers);
    }

    [Fact]
    [Trait("Compliance", "E47")]
    public async Task Control_and_ledger_of_whoever_acts_are_read_from_the_primary_as_the_majority_knows_them()
    {
        await _store.Identities.ReadControlsAsync(A.Tenant, [A.Ada], Cancellation);
        await _store.Consents.ReadAsync(A.Tenant, [A.Ada], Cancellation);

        AssertDurable(CollectionNames.Consents, CollectionNames.Controls);
    }

    private void AssertDurable(params string[] collections)
    {
        Assert.Superset(collections.ToHashSet(), _queries.Reads.Select(CollectionOf).ToHashSet());
        Assert.All(_queries.Reads, read => Assert.Equal(("majority", "primary"), (read["readConcern"]["level"].AsString, PreferenceOf(read))));
    }

    private static string CollectionOf(BsonDocument read) => read[0].AsString;

    /// <summary>The driver leaves it out where it is what the server does by itself.</summary>
    private static string PreferenceOf(BsonDocument read) => read.TryGetValue("$readPreference", out var preference) ? preference["mode"].AsString : "primary";

    private PermissionCheck Check()
    {
        var policies = PolicyRegister.Of(new Dictionary<TenantId, Policy> { [A.Tenant] = APolicy.Shipped });
        var (keys, time) = (new FixedKeys(), _storage.Time);
        var (hasher, dataKeys) = (new KeyedHasher(keys, time), new DataKeys(keys, time));
        var lookup = new ProfileLookup(_store.Identities, new IdentifierReader(hasher, policies));
        var others = new OtherProfilesReader(_store.Identities, _store.Consents, _store.Keys, dataKeys, policies);
        return new PermissionCheck(new PeopleReader(_store.Identities, _store.Consents, _store.Keys, dataKeys, lookup, others), policies, time);
    }
}
