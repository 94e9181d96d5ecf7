using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Retention;

/// <summary>By the real clock, and without any sweeper: the server deletes by itself.</summary>
public sealed class ServerExpiryTests : IAsyncLifetime
{
    // Between two passes of the server's own sweeper: a minute on MongoDB.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly MongoStorage _storage = new() { IsMadeAnew = true };
    private MongoStore? _store;
    private DateTimeOffset _soon;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MongoStore Store => _store ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        await _storage.StartAsync();
        _store = await _storage.OpenAsync(TimeProvider.System, isExpiredByServer: true);
        _soon = TimeProvider.System.GetUtcNow().AddSeconds(3).ToStored();
    }

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    [Trait("Compliance", "R-012")]
    [Trait("Compliance", "E21")]
    public async Task Server_deletes_what_is_past_its_end_and_nothing_that_a_hold_keeps()
    {
        var keys = A.Keys(RetentionClass.Marketing);
        var ada = A.NewProfile(A.Ada, A.Identifier(1)) with { NewKeys = keys, Contact = A.Contact(A.Ada, until: _soon) };
        var bea = A.NewProfile(A.Bea, A.Identifier(2)) with { NewKeys = keys };
        await Store.Records.CommitAsync(
            MicroBatches.Of([ada, bea], A.Interaction(1, A.Ada, until: _soon), A.Interaction(2, A.Bea, until: _soon), A.Interaction(3, A.Bea, until: _soon, classes: [RetentionClass.Fiscal])),
            Cancellation);
        var marketing = new ProfileHold("case-1", RetentionClasses.Of([RetentionClass.Marketing]));
        await Store.Reviews.ChangeHoldsAsync(A.Tenant, A.Bea, 0, [marketing], isRestricted: false, [], Cancellation);

        await WaitUntilAsync("records", left: 1);
        foreach (var (collection, left) in new[] { ("contacts", 0), ("controls", 1), ("keys", 1), ("identifiers", 1) })
        {
            await WaitUntilAsync(collection, left);
        }

        Assert.Empty(await Store.Profiles.FindAsync(A.Tenant, A.Key(2), Cancellation));
        Assert.Equal(A.Key(2), Assert.Single(await Store.Reviews.ListRecordsAsync(A.Tenant, A.Bea, after: null, 9, Cancellation)).Key);
    }

    private async Task WaitUntilAsync(string collection, int left)
    {
        var documents = _storage.Database.GetCollection<BsonDocument>(collection);
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        long count;
        do
        {
            await timer.WaitForNextTickAsync(Cancellation);
            count = await documents.CountDocumentsAsync(new BsonDocument(), cancellationToken: Cancellation);
        }
        while (count != left && TimeProvider.System.GetUtcNow() < deadline);

        Assert.Equal(left, count);
    }
}
