using MongoDB.Bson;

namespace Tracker.Storage.Tests.Mongo.Engine;

public sealed class QueryPlanTests
{
    [Theory]
    [InlineData("""{ queryPlanner: { winningPlan: { stage: 'COLLSCAN', direction: 'forward' } } }""", true)]
    [InlineData("""{ queryPlanner: { winningPlan: { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'timeline' } } } }""", false)]
    [InlineData("""{ queryPlanner: { winningPlan: { stage: 'OR', inputStages: [ { stage: 'IDHACK' }, { stage: 'COLLSCAN' } ] } } }""", true)]
    [InlineData("""{ queryPlanner: { winningPlan: { stage: 'SHARD_MERGE', shards: [ { winningPlan: { stage: 'SORT', inputStage: { stage: 'COLLSCAN' } } } ] } } }""", true)]
    [InlineData("""{ queryPlanner: { winningPlan: { stage: 'EOF' } } }""", false)]
    public void Plan_of_MongoDB_is_understood(string plan, bool scans) => Assert.Equal(scans, QueryPlan.Scans(BsonDocument.Parse(plan)));

    [Theory]
    [InlineData("""{ plan: [ { Plan: { 'Node Type': 'Seq Scan', 'Relation Name': 'documents_6' } } ] }""", true)]
    [InlineData("""{ plan: [ { Plan: { 'Node Type': 'Bitmap Heap Scan', Plans: [ { 'Node Type': 'Bitmap Index Scan', 'Index Cond': "(shard_key_value = '6'::bigint)" } ] } } ] }""", true)]
    [InlineData("""{ plan: [ { Plan: { 'Node Type': 'Index Scan', 'Index Name': '_id_' } } ] }""", true)]
    [InlineData("""{ plan: [ { Plan: { 'Node Type': 'Limit', Plans: [ { 'Node Type': 'Index Scan', 'Index Cond': "((shard_key_value = '6'::bigint) AND (object_id OPERATOR(documentdb_core.>) 'BSONHEX11'::documentdb_core.bson))" } ] } } ] }""", false)]
    [InlineData("""{ plan: [ { Plan: { 'Node Type': 'Index Scan', 'Index Cond': "(document OPERATOR(documentdb_api_catalog.@=) 'BSONHEX0d'::documentdb_core.bson)" } } ] }""", false)]
    public void Plan_of_the_stand_in_is_understood(string plan, bool scans) => Assert.Equal(scans, QueryPlan.Scans(BsonDocument.Parse(plan)));

    [Fact]
    public void Something_else_is_no_plan() => Assert.Throws<InvalidOperationException>(() => QueryPlan.Scans(BsonDocument.Parse("{ ok: 1 }")));
}
