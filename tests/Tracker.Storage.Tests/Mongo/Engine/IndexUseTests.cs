using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo;
using Tracker.Storage.Mongo.Opening;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Engine;

public sealed class IndexUseTests : IAsyncLifetime
{
    private const int Documents = 20_000;

    // One document a store.
    private static readonly string[] Small = ["meta"];

    private readonly MongoStorage _storage = new() { IsMadeAnew = true };
    private readonly SentQueries _queries = new();
    private MongoStore? _store;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MongoStore Store => _store ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        await _storage.StartAsync();
        _store = await _storage.OpenAsync(_storage.Time, isExpiredByServer: false, _queries.ListenTo);
    }

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task No_query_looks_at_every_document_of_a_collection()
    {
        await Store.FillAsync(Cancellation);
        await MultiplyAsync();
        _queries.Clear();

        await AskEverythingAsync();

        var shapes = _queries.Finds.DistinctBy(ShapeOf).ToList();
        var scans = new List<string>();
        foreach (var find in shapes)
        {
            var plan = await _storage.Database.RunCommandAsync<BsonDocument>(new BsonDocument { { "explain", find }, { "verbosity", "queryPlanner" } }, cancellationToken: Cancellation);
            if (QueryPlan.Scans(plan))
            {
                scans.Add($"{find}\n{plan}");
            }
        }

        Assert.Empty(scans);
        Assert.Empty(CollectionPlan.All(isExpiredByServer: false).Select(collection => collection.Name).Except([.. shapes.Select(find => find["find"].AsString), "meta"]));
    }

    /// <summary>Copies of what is there, each under a key of its own.</summary>
    private async Task MultiplyAsync()
    {
        foreach (var plan in CollectionPlan.All(isExpiredByServer: false).Where(plan => !Small.Contains(plan.Name)))
        {
            var collection = _storage.Database.GetCollection<BsonDocument>(plan.Name);
            var original = await collection.Find(new BsonDocument()).FirstAsync(Cancellation);
            await collection.InsertManyAsync(Enumerable.Range(1, Documents).Select(number => Copy(original, number)), new InsertManyOptions { IsOrdered = false }, Cancellation);
        }
    }

    private static BsonDocument Copy(BsonDocument original, int number)
    {
        var copy = original.DeepClone().AsBsonDocument;
        copy["_id"] = copy["_id"] switch
        {
            BsonBinaryData => new BsonBinaryData([.. BitConverter.GetBytes(number), .. new byte[15]]),
            var work when original.Contains("fence") => $"{work.AsString}{number}",
            var text => text.AsString.Replace(A.Tenant.Value, $"copy{number}", StringComparison.Ordinal),
        };
        if (copy.Contains("owner"))
        {
            copy["owner"] = $"copy{number}:{A.Ada}";
        }

        return copy;
    }

    private async Task AskEverythingAsync()
    {
        await WriteAsync();
        await ReadAsync();
        await ReviseAsync();
        _storage.Time.SetUtcNow(A.InAMonth);
        await Store.Records.CommitAsync(MicroBatches.Anonymous(A.Interaction(5, until: A.InAMonth.AddDays(1))), Cancellation);
        await Store.Expiry.MeasureAsync(Cancellation);
        await Store.Expiry.SweepAsync(10, Cancellation);
    }

    private async Task WriteAsync()
    {
        await Store.Records.CommitAsync(MicroBatches.Anonymous(A.Interaction(5), A.Interaction(6, classes: [RetentionClass.Fiscal, RetentionClass.Order])), Cancellation);
        await Store.Records.CommitAsync(MicroBatches.Anonymous(A.Interaction(6, classes: [RetentionClass.Fiscal, RetentionClass.Order])), Cancellation);
        ProfileChange change = A.KnownProfile(A.Ada, epoch: 1, A.Identifier(2)) with { Contact = A.Contact(A.Ada, version: 2, until: A.Noon.AddDays(9)), Contracts = [A.Contract(2, A.Ada)] };
        await Store.Records.CommitAsync(MicroBatches.Of(change, A.Interaction(7, A.Ada)), Cancellation);
        var sale = MicroBatches.Anonymous(A.Sale(8));
        await Store.Records.CommitAsync(sale, Cancellation);
        await Store.Records.CommitAsync(MicroBatches.Of(A.KnownProfile(A.Ada, epoch: 1), A.Claimed(A.Sale(8), sale.Id, A.Ada)), Cancellation);
        await Store.Consents.AppendAsync(
            new ConsentAppend { Entry = A.Consent(A.Ada, request: 2), IsNewProfile = false, ExpectedEpoch = 1, Restamped = new Dictionary<ConsentId, DateTimeOffset?> { [A.Consent(A.Ada).Id] = A.InAMonth } },
            Cancellation);
        await Store.FillAsync(Cancellation);
        await Store.Errands.AddAsync([new Errand(A.Tenant, A.Ada, A.Noon)], Cancellation);
        await Store.Errands.RemoveAsync([new Errand(A.Tenant, A.Ada, A.Noon.AddHours(1))], fence: null, Cancellation);
    }

    private async Task ReadAsync()
    {
        await Store.Records.ExistAsync(A.Tenant, [A.Key(1)], Cancellation);
        await Store.Records.ReadContactsAsync(A.Tenant, [A.Ada], Cancellation);
        await Store.Identities.FindAsync(A.Tenant, [A.Identifier(1)], Cancellation);
        await Store.Identities.ReadControlsAsync(A.Tenant, [A.Ada, A.Bea], Cancellation);
        await Store.Keys.ReadAsync(A.Tenant, [A.Ada], Cancellation);
        await Store.Contracts.FindAsync(A.Tenant, [A.Contract(1, A.Ada).Reference], Cancellation);
        await Store.Receipts.FindAsync(A.Tenant, [A.ReceiptNumber(1), A.ReceiptNumber(2)], 10, Cancellation);
        await Store.Receipts.ReadAsync(A.Tenant, A.Key(2), Cancellation);
        await Store.Profiles.ListAsync(new RecordQuery(A.Tenant, A.Ada, RetentionClass.Order, A.Noon.AddDays(-1), A.InAMonth, new RecordPosition(A.Noon, A.Key(1)), 10), Cancellation);
        await Store.Profiles.ListAsync(new RecordQuery(A.Tenant, A.Ada, RetentionClass.Order, From: null, Until: null, After: null, 10), Cancellation);
        await Store.Profiles.FindAsync(A.Tenant, A.Key(1), Cancellation);
        await Store.Profiles.FindKeyAsync(A.Tenant, A.Key(1).Hash, Cancellation);
        await Store.Profiles.FindContactAsync(A.Tenant, A.Ada, Cancellation);
        await Store.Profiles.ReadContactsAsync(A.Tenant, [A.Ada, A.Bea], Cancellation);
        await Store.Consents.ReadAsync(A.Tenant, [A.Ada, A.Bea], Cancellation);
        await Store.Consents.FindRepeatAsync(A.Tenant, 1, Cancellation);
        await Store.Consents.FindConfirmationAsync(A.Tenant, 77, Cancellation);
        await Store.Notices.ListAsync(A.Tenant, "privacy", Cancellation);
        await Store.Notices.FindAsync(A.Tenant, "privacy", "1", Cancellation);
        await Store.Catalog.FindAsync(A.Tenant, CatalogKind.Product, ["shirt"], Cancellation);
        await Store.Catalog.ListAsync(A.Tenant, CatalogKind.Product, "a", 10, Cancellation);
        await Store.Policies.FindAsync(A.Tenant, A.PolicyVersion().Sha256, Cancellation);
        await Store.LegalHolds.FindAsync(A.Tenant, "case-1", Cancellation);
        await Store.LegalHolds.ListAsync(A.Tenant, "a", 10, Cancellation);
        await Store.Rollouts.FindAsync(A.Tenant, Cancellation);
        await Store.KeyChecks.ReadAsync(A.Tenant, Cancellation);
        await Store.KeyChecks.ListTenantsAsync(Cancellation);
    }

    private async Task ReviseAsync()
    {
        await Store.Errands.ReadDueAsync(A.Noon, 10, Cancellation);
        await Store.Identities.ListProfilesAsync(A.Tenant, A.Ada, 10, Cancellation);
        await Store.Reviews.ListRecordsAsync(A.Tenant, A.Ada, Revisions.Address(1), 10, Cancellation);
        await Store.Reviews.FindContactAsync(A.Tenant, A.Ada, Cancellation);
        var hold = new ProfileHold("case-1", RetentionClasses.Of([RetentionClass.Order]));
        Assert.True(await Store.Reviews.ChangeHoldsAsync(A.Tenant, A.Ada, 2, [hold], isRestricted: false, [], Cancellation));
        await Store.Reviews.ListRecordsAsync(A.Tenant, A.Ada, after: null, 10, Cancellation);
        Assert.True(await Store.Reviews.ApplyAsync(
            Revisions.Of(A.Ada, epoch: 3) with
            {
                Deleted = [Revisions.Address(7)],
                DeletesContact = true,
                OrderEnds = new Dictionary<UInt128, DateTimeOffset> { [A.Contract(1, A.Ada).Reference] = A.Noon },
                RestampedEntries = new Dictionary<ConsentId, DateTimeOffset?> { [A.Consent(A.Ada).Id] = A.InAMonth },
            },
            Cancellation));
    }

    private static string ShapeOf(BsonDocument find) => $"{find["find"]} {Shape(find["filter"])} {find.GetValue("sort", "")}";

    private static string Shape(BsonValue value) => value switch
    {
        BsonDocument document => $"{{{string.Join(",", document.Select(field => $"{field.Name}:{Shape(field.Value)}"))}}}",
        BsonArray array => $"[{string.Join(",", array.Select(Shape).Distinct())}]",
        _ => value.BsonType.ToString(),
    };
}
