using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.DocumentDbGateway.Tests.Commands;

public class PipelineUpdateTests(RunningGateway gateway)
{
    private readonly IMongoCollection<BsonDocument> _documents = gateway.NewCollection();

    [Fact]
    public async Task An_update_of_many_may_use_the_time_of_the_server()
    {
        await _documents.InsertManyAsync([new("_id", 1), new("_id", 2)], cancellationToken: TestContext.Current.CancellationToken);

        await _documents.UpdateManyAsync(_ => true, Pipeline("{ $set: { at: '$$NOW' } }"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(await _documents.Find(_ => true).ToListAsync(TestContext.Current.CancellationToken), document => Assert.True(document["at"].IsBsonDateTime));
    }

    [Fact]
    public async Task A_new_root_keeps_the_one_id()
    {
        await _documents.InsertOneAsync(new() { { "_id", 1 }, { "n", 1 } }, cancellationToken: TestContext.Current.CancellationToken);

        await _documents.UpdateOneAsync(
            document => document["_id"] == 1, Pipeline("{ $replaceWith: { $mergeObjects: ['$$ROOT', { n: 2 }] } }"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("{ \"_id\" : 1, \"n\" : 2 }", (await _documents.Find(_ => true).SingleAsync(TestContext.Current.CancellationToken)).ToJson());
    }

    private static UpdateDefinition<BsonDocument> Pipeline(string stage) =>
        Builders<BsonDocument>.Update.Pipeline(new BsonDocumentStagePipelineDefinition<BsonDocument, BsonDocument>([BsonDocument.Parse(stage)]));
}
