using System.Text.RegularExpressions;
using MongoDB.Bson;

namespace Tracker.Storage.Tests.Mongo.Engine;

/// <summary>
/// Whether a plan looks at every document of a collection: in the grammar of MongoDB (stages), or in that of an engine that
/// plans as PostgreSQL does (nodes), where an index that is asked for the collection alone is a scan too.
/// </summary>
internal static partial class QueryPlan
{
    private const string WholeCollection = "COLLSCAN";

    public static bool Scans(BsonDocument plan)
    {
        var nodes = Nodes(plan).ToList();
        if (!nodes.Any(node => node.Contains("stage") || node.Contains("Node Type")))
        {
            throw new InvalidOperationException($"Not a plan: {plan}");
        }

        return nodes.Any(IsScan);
    }

    private static bool IsScan(BsonDocument node) =>
        (node.TryGetValue("stage", out var stage) && stage == WholeCollection)
        || (node.TryGetValue("Node Type", out var type) && IsScan(type.AsString, node));

    private static bool IsScan(string type, BsonDocument node) => type switch
    {
        "Seq Scan" or "Sample Scan" => true,
        "Index Scan" or "Index Only Scan" or "Bitmap Index Scan" => !NarrowsBeyondCollection(node),
        _ => false,
    };

    private static bool NarrowsBeyondCollection(BsonDocument node) =>
        node.TryGetValue("Index Cond", out var condition) && ShardKey().Replace(condition.AsString, "").Contains("OPERATOR(", StringComparison.Ordinal);

    private static IEnumerable<BsonDocument> Nodes(BsonValue value) => value switch
    {
        BsonDocument document => document.Values.SelectMany(Nodes).Prepend(document),
        BsonArray array => array.SelectMany(Nodes),
        _ => [],
    };

    [GeneratedRegex(@"shard_key_value\s*(OPERATOR\([^)]*\)|=)\s*'?\d+'?(::bigint)?")]
    private static partial Regex ShardKey();
}
