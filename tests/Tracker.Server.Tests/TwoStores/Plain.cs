using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;

namespace Tracker.Server.Tests.TwoStores;

/// <summary>An answer without what every run draws anew: ids, and the times at which something was decided or has arrived.</summary>
internal static partial class Plain
{
    private const string Drawn = "drawn";

    /// <summary>JSON in a text, whose hashes are over what was drawn.</summary>
    private const string Receipt = "receiptJson";

    private static readonly HashSet<string> DrawnFields =
    [
        "profileId", "decisionId", "consentId", "refersToId", "receiptId", "pageToken", "nextPageToken",
        "receivedAt", "recordedAt", "linkedAt", "decidedAt", "checkedAt", "validUntilAt", "updatedAt",
        "recorded_at", "hash", "prev_hash",
    ];

    public static string Of(IMessage answer) => Without(JsonNode.Parse(JsonFormatter.Default.Format(answer)))!.ToJsonString();

    public static string Of(RpcException refusal) => Ids().Replace($"{refusal.StatusCode}: {refusal.Status.Detail}", Drawn);

    private static JsonNode? Without(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Without(field.Key, field.Value, fields)))),
        JsonArray items => new JsonArray([.. items.Select(Without)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Ids().Replace(text, Drawn),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Without(string field, JsonNode? value, JsonObject fields) =>
        DrawnFields.Contains(field) || CountsFromArrival(field, fields) ? Drawn
        : field == Receipt ? Without(JsonNode.Parse(value!.GetValue<string>()))
        : Without(value);

    /// <summary>Who may be asked may be from the time of the answer on; entries of a ledger and of the catalogue end so long after they have arrived.</summary>
    private static bool CountsFromArrival(string field, JsonObject fields) => field switch
    {
        "earliestAt" => fields.ContainsKey("mayAsk"),
        "expireAt" => fields.ContainsKey("recordedAt") || fields.ContainsKey("updatedAt"),
        _ => false,
    };

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}(?![0-9a-f])")]
    private static partial Regex Ids();
}
