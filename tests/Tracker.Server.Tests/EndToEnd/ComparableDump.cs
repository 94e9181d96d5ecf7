using System.Text.Json.Nodes;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>
/// A dump in a form in which two runs over the same input are equal: what each run draws anew (profile ids, batch and
/// decision ids, keys, times of arrival) is taken out or replaced by what it stands for. Everything else stays.
/// </summary>
internal static class ComparableDump
{
    // Drawn or clocked by each run on its own.
    private static readonly HashSet<string> OfTheRun =
        ["batch", "received_at", "created_at", "decision_id", "decided_at", "wrapped_sha256"];

    public static IReadOnlyList<string> Of(IReadOnlyList<string> dump)
    {
        List<JsonObject> documents = [.. dump.Select(line => JsonNode.Parse(line)!.AsObject())];
        var people = documents
            .Where(document => document["part"]?.ToString() == "control")
            .ToDictionary(
                document => document["profile"]!.ToString(),
                document => string.Join('+', document["identifiers"]!.AsArray().Select(identifier => identifier!.ToString()).Order(StringComparer.Ordinal)));
        return [.. documents
            .Where(document => document["part"]?.ToString() is not ("meta" or "expiry"))
            .Select(document => Neutral(document, people).ToJsonString())
            .Order(StringComparer.Ordinal)];
    }

    private static JsonNode Neutral(JsonNode node, Dictionary<string, string> people)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in members.Select(member => member.Key).Where(OfTheRun.Contains).ToList())
                {
                    members.Remove(name);
                }

                foreach (var (name, value) in members.Where(member => member.Value is not null).ToList())
                {
                    members[name] = Neutral(value!.DeepClone(), people);
                }

                (members["decision"] as JsonObject)?.Remove("id");
                return members;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => item is null ? null : Neutral(item.DeepClone(), people))]);
            default:
                return node.GetValueKind() == System.Text.Json.JsonValueKind.String && people.TryGetValue(node.GetValue<string>(), out var person)
                    ? JsonValue.Create(person)
                    : node;
        }
    }
}
