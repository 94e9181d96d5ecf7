using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Storage.RocksDb.Dump;

namespace Tracker.Server.Hosting;

/// <summary>
/// A dump in which two stores that were told the same, under the same tenant keys, are equal: what each run draws anew
/// (ids, keys, times of arrival) is left out, and a profile is named by its identifiers. All else stays, and is sorted.
/// </summary>
internal sealed class ComparableDump(StoreDump dump, DumpOptions options)
{
    private static readonly HashSet<string> DrawnAnew = ["batch", "received_at", "created_at", "decided_at", "recorded_at", "registered_at", "updated_at", "wrapped_sha256"];

    private readonly Dictionary<string, string> _people = dump.Read("control", options with { IncludeExpired = true })
        .Select(line => JsonNode.Parse(line)!)
        .ToDictionary(
            control => control["profile"]!.GetValue<string>(),
            control => string.Join('+', control["identifiers"]!.AsArray().Select(identifier => identifier!.GetValue<string>()).Order(StringComparer.Ordinal)));

    /// <summary>Parts that only say when something happens in this one store have no comparable lines.</summary>
    public IEnumerable<string> Read(string part) => part is "meta" or "expiry" or "errands" or "policies" or "rollouts" or "leases"
        ? []
        : dump.Read(part, options).Select(line => Neutral(JsonNode.Parse(line)!).ToJsonString()).Order(StringComparer.Ordinal);

    private JsonNode Neutral(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                return new JsonObject(members
                    .Where(member => !IsDrawnAnew(members, member.Key))
                    .Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : Neutral(member.Value))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => item is null ? null : Neutral(item))]);
            default:
                return node.GetValueKind() == JsonValueKind.String && _people.TryGetValue(node.GetValue<string>(), out var person)
                    ? JsonValue.Create(person)
                    : node.DeepClone();
        }
    }

    private static bool IsDrawnAnew(JsonObject members, string name) =>
        DrawnAnew.Contains(name) || (name == "id" && members.ContainsKey("policy_version"));
}
