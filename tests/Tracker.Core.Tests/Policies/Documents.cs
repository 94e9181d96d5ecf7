using System.Text;
using System.Text.Json.Nodes;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

/// <summary>Policy documents to be changed by a test.</summary>
internal static class Documents
{
    public static JsonObject Shipped(string profile = "it-seed-strict")
    {
        using var stream = typeof(PolicyRegister).Assembly.GetManifestResourceStream($"policies/{profile}.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    public static Policy Read(JsonObject document) => PolicyReader.Read("test", Encoding.UTF8.GetBytes(document.ToJsonString()));

    public static IReadOnlyList<string> Errors(JsonObject document) => Errors(() => Read(document));

    /// <summary>A tenant's overlay on the strict profile with these members.</summary>
    public static Policy Lay(string members, string on = "it-seed-strict") =>
        PolicyRegister.LoadOverlay("own", Encoding.UTF8.GetBytes($$"""{ "extends": "{{on}}", "profile": "own", "version": "1", {{members}} }"""));

    public static IReadOnlyList<string> LayErrors(string members) => Errors(() => Lay(members));

    public static IReadOnlyList<string> Errors(Func<Policy> read) => [.. Assert.Throws<PolicyInvalidException>(() => { read(); }).Errors.Select(error => $"{error}")];

    public static JsonObject Rule(this JsonObject document, string id) =>
        document["rules"]!.AsArray().Single(rule => (string?)rule!["id"] == id)!.AsObject();

    public static JsonObject Purpose(this JsonObject document, string purpose) =>
        document["purposes"]!.AsArray().Single(entry => (string?)entry!["purpose"] == purpose)!.AsObject();
}
