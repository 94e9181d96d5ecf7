using System.Text;
using System.Text.Json.Nodes;

namespace Tracker.Core.Security;

/// <summary>Each record of an interaction has what its purposes need of the content; together they have all that is stored.</summary>
public static class ContentUnion
{
    public static SealedContent Of(IReadOnlyList<SealedContent> parts) => parts is [var only]
        ? only
        : SealedJson.ReadRecord(Encoding.UTF8.GetBytes(parts.Select(part => JsonNode.Parse(SealedJson.Write(part))!).Aggregate(Unite).ToJsonString()));

    /// <summary>Of two lists the longer: one may lack lines that GDPR Art. 9 withholds.</summary>
    private static JsonNode Unite(JsonNode one, JsonNode other)
    {
        if (one is JsonObject united && other is JsonObject added)
        {
            foreach (var (name, value) in added)
            {
                united[name] = united[name] is { } own ? Unite(own.DeepClone(), value!) : value?.DeepClone();
            }
        }

        return one is JsonArray list && other is JsonArray longer && longer.Count > list.Count ? longer.DeepClone() : one;
    }
}
