using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Records;

/// <summary>The record of an interaction that lives longest stands for all of them.</summary>
public sealed class HeadTests : IAsyncLifetime
{
    private static readonly RetentionClasses Both = RetentionClasses.Of([RetentionClass.Fiscal, RetentionClass.Marketing]);

    private readonly MongoStorage _storage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IMongoCollection<BsonDocument> Records => _storage.Database.GetCollection<BsonDocument>("records");

    public async ValueTask InitializeAsync() => await _storage.StartAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Theory]
    [InlineData(1, 2, RetentionClass.Marketing)]
    [InlineData(2, 1, RetentionClass.Fiscal)]
    [InlineData(2, 2, RetentionClass.Fiscal)]
    public async Task Head_is_the_record_that_ends_last(int fiscalDays, int marketingDays, RetentionClass head)
    {
        await CommitAsync(Write(fiscalDays, marketingDays));

        Assert.Equal(head, await HeadAsync());
        Assert.Equal(2, await Records.CountDocumentsAsync(new BsonDocument(), cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Review_that_lets_another_record_end_last_makes_that_one_the_head()
    {
        await CommitAsync(Write(fiscalDays: 9, marketingDays: 2));
        var shortened = A.Record(1, A.Ada, RetentionClass.Fiscal, Both, until: A.Noon.AddDays(1));

        await _storage.Reviews.ApplyAsync(Revisions.Of(A.Ada) with { Rewritten = [shortened] }, Cancellation);
        _storage.Time.SetUtcNow(A.Noon.AddDays(1));
        await _storage.Expiry.SweepAsync(100, Cancellation);

        Assert.Equal(RetentionClass.Marketing, await HeadAsync());
        Assert.Equal([CommitAnswer.Duplicate], await _storage.Records.CommitAsync(MicroBatches.Of(A.KnownProfile(A.Ada), Write(9, 9)), Cancellation));
        Assert.Equal([RetentionClass.Marketing], (await FindAsync()).Select(record => record.Class));
    }

    [Fact]
    public async Task Hold_makes_what_it_keeps_the_head_so_that_the_interaction_stays_known()
    {
        await CommitAsync(Write(fiscalDays: 9, marketingDays: 2));
        var marketing = new ProfileHold("case-1", RetentionClasses.Of([RetentionClass.Marketing]));

        await _storage.Reviews.ChangeHoldsAsync(A.Tenant, A.Ada, 0, [marketing], isRestricted: false, [], Cancellation);

        Assert.Equal(RetentionClass.Marketing, await HeadAsync());
        _storage.Time.SetUtcNow(A.Noon.AddDays(10));
        Assert.Equal(1, (await _storage.Expiry.SweepAsync(100, Cancellation)).Deleted[ExpiredKind.Record]);
        var change = A.KnownProfile(A.Ada, epoch: 1);
        Assert.Equal([CommitAnswer.Duplicate], await _storage.Records.CommitAsync(MicroBatches.Of(change, Write(20, 20)), Cancellation));
    }

    [Fact]
    public async Task Record_that_is_stored_under_a_hold_has_no_end_that_the_server_would_know()
    {
        await CommitAsync(A.Interaction(1, A.Ada));
        var marketing = new ProfileHold("case-1", RetentionClasses.Of([RetentionClass.Marketing]));
        await _storage.Reviews.ChangeHoldsAsync(A.Tenant, A.Ada, 0, [marketing], isRestricted: false, [], Cancellation);

        await _storage.Records.CommitAsync(MicroBatches.Of(A.KnownProfile(A.Ada, epoch: 1), A.Interaction(2, A.Ada)), Cancellation);

        Assert.Equal(2, await Records.CountDocumentsAsync(new BsonDocument("expire_at", new BsonDocument("$exists", false)), cancellationToken: Cancellation));
        Assert.Equal(A.InAMonth, Assert.Single(await _storage.Profiles.FindAsync(A.Tenant, A.Key(2), Cancellation)).ExpireAt);
    }

    [Fact]
    public async Task Interaction_of_nobody_whose_writer_died_after_the_heads_is_completed_by_the_repeat()
    {
        var write = A.Interaction(1, classes: [RetentionClass.Fiscal, RetentionClass.Order]);
        await _storage.Records.CommitAsync(MicroBatches.Anonymous(write), Cancellation);
        Assert.Equal([true], await _storage.Records.ExistAsync(A.Tenant, [A.Key(1)], Cancellation));
        await Records.DeleteOneAsync(new BsonDocument("class", (int)RetentionClass.Order), Cancellation);

        // What is known as stored is not committed again, and would never be completed.
        Assert.Equal([false], await _storage.Records.ExistAsync(A.Tenant, [A.Key(1)], Cancellation));
        var answers = await _storage.Records.CommitAsync(MicroBatches.Anonymous(write), Cancellation);

        Assert.Equal([CommitAnswer.Duplicate], answers);
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order], (await FindAsync()).Select(record => record.Class));
    }

    private static InteractionWrite Write(int fiscalDays, int marketingDays) => A.Interaction(
        A.Record(1, A.Ada, RetentionClass.Fiscal, Both, until: A.Noon.AddDays(fiscalDays)),
        A.Record(1, A.Ada, RetentionClass.Marketing, Both, until: A.Noon.AddDays(marketingDays)));

    private Task<IReadOnlyList<CommitAnswer>> CommitAsync(InteractionWrite write) =>
        _storage.Records.CommitAsync(MicroBatches.Of(A.NewProfile(A.Ada), write), Cancellation);

    private Task<IReadOnlyList<InteractionRecord>> FindAsync() => _storage.Profiles.FindAsync(A.Tenant, A.Key(1), Cancellation);

    private async Task<RetentionClass> HeadAsync()
    {
        var documents = await Records.Find(new BsonDocument()).ToListAsync(Cancellation);
        var head = Assert.Single(documents, document => document["_id"].AsBsonBinaryData.Bytes[^1] == 0);
        return (RetentionClass)head["class"].AsInt32;
    }
}
