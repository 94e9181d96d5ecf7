using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracker.Core.Policies.Reading;

/// <summary>JSON of a policy before it is one: parsing, and laying an overlay on its base.</summary>
internal static class PolicyJson
{
    private static readonly JsonDocumentOptions Reading = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    // Only whitespace and escapes: the hash is over the bytes that are written here, and these are what is stored.
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lists whose items have a name by which an overlay changes one of them; any other list is replaced whole.</summary>
    private static readonly FrozenDictionary<string, string> NamedBy = new Dictionary<string, string>
    {
        ["purposes"] = "purpose",
        ["matrix"] = "contact_channels",
        ["fields"] = "field",
        ["legal_rules"] = "id",
        ["rules"] = "id",
        ["types"] = "name",
        ["assessments"] = "id",
        ["blocked_identifiers"] = "id",
    }.ToFrozenDictionary();

    /// <exception cref="PolicyInvalidException">It is no JSON object.</exception>
    public static JsonObject Parse(string name, ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Reading) as JsonObject ?? throw new PolicyInvalidException(name, [new("$", "a policy is a JSON object")]);
        }
        catch (JsonException fault)
        {
            throw new PolicyInvalidException(name, [new(fault.Path ?? "$", $"not readable as JSON (line {fault.LineNumber + 1})")]);
        }
    }

    public static byte[] Write(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(document, Writing);

    /// <summary>What the overlay says stands in the place of what the base says; members of objects and named items one by one.</summary>
    public static void Lay(JsonObject overlay, JsonObject document)
    {
        foreach (var (member, value) in overlay)
        {
            document[member] = (document[member], value) switch
            {
                (JsonObject below, JsonObject above) => Merged(below, above),
                (JsonArray below, JsonArray above) when NamedBy.ContainsKey(member) && IsOfObjects(above) && IsOfObjects(below) => Merged(below, above, member),
                _ => value!.DeepClone(),
            };
        }
    }

    private static JsonObject Merged(JsonObject below, JsonObject above)
    {
        var merged = below.DeepClone().AsObject();
        Lay(above, merged);
        return merged;
    }

    private static JsonArray Merged(JsonArray below, JsonArray above, string list)
    {
        var merged = below.DeepClone().AsArray();
        foreach (var item in above.Select(item => item!.AsObject()))
        {
            var name = NameOf(list, item);
            var found = merged.FirstOrDefault(candidate => NameOf(list, candidate) == name);
            if (found is JsonObject place)
            {
                Lay(item, place);
            }
            else
            {
                merged.Add(item.DeepClone());
            }
        }

        return merged;
    }

    private static bool IsOfObjects(JsonArray items) => items.All(item => item is JsonObject);

    /// <summary>What an item of a list is called in the path of an error; empty where it has no name. A row of the matrix is named by its media, in whatever order.</summary>
    public static string NameOf(string list, JsonNode? item) => item is JsonObject named && NamedBy.TryGetValue(list, out var key)
        ? named[key] switch
        {
            JsonArray words => string.Join(',', words.OfType<JsonValue>().Select(TextOf).Order(StringComparer.Ordinal)),
            JsonValue word => TextOf(word),
            _ => "",
        }
        : "";

    private static string TextOf(JsonValue word) => word.TryGetValue<string>(out var text) ? text : "";
}
