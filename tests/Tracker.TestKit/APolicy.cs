using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Core.Policies;

namespace Tracker.TestKit;

/// <summary>The shipped policy with what a test changes, read as any policy is.</summary>
public static class APolicy
{
    private static readonly JsonDocumentOptions Json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Policy Shipped { get; } = PolicyRegister.LoadShipped(PolicyRegister.DefaultProfile);

    public static Policy With(params Action<JsonObject>[] changes)
    {
        var document = JsonNode.Parse(Shipped.Document.Span, documentOptions: Json)!.AsObject();
        foreach (var change in changes)
        {
            change(document);
        }

        return PolicyReader.Read("test", Encoding.UTF8.GetBytes(document.ToJsonString()));
    }

    /// <summary>An assessment in force from 2020 until 2060.</summary>
    public static Action<JsonObject> Assessed(string purpose) => document => document["assessments"]!.AsArray().Add(new JsonObject
    {
        ["id"] = $"LIA-{purpose}",
        ["version"] = "1",
        ["purpose"] = purpose,
        ["from"] = "2020-01-01",
        ["until"] = "2060-01-01",
    });

    /// <summary>A field that is special (GDPR Art. 9).</summary>
    public static Action<JsonObject> Special(string field) => document =>
        document["fields"]!.AsArray().Single(entry => (string?)entry!["field"] == field)!["special_category"] = true;

    /// <summary>A rule with another period from one of its anchors, and whatever a longer one needs to be allowed.</summary>
    public static Action<JsonObject> Term(string id, string anchor, string period) => document =>
    {
        var changed = document["rules"]!.AsArray().Single(rule => (string?)rule!["id"] == id)!;
        changed["ends"]!.AsArray().Single(end => (string?)end!["anchor"] == anchor)!["period"] = period;
        (changed["retention_justification_id"], changed["dpia_id"]) = ("J-1", "D-1");
    };

    /// <summary>A rule with one limit in the place of all its ends.</summary>
    public static Action<JsonObject> Rule(string id, string anchor, string period) => document =>
        document["rules"]!.AsArray().Single(rule => (string?)rule!["id"] == id)!["ends"] = new JsonArray(new JsonObject
        {
            ["anchor"] = anchor,
            ["period"] = period,
            ["kind"] = "MAX",
        });
}
