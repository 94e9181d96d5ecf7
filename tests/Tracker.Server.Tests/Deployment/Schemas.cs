using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Tracker.Server.Tests.Import;

namespace Tracker.Server.Tests.Deployment;

/// <summary>The published schemas of the deployment files; Schemas/ORIGIN.md says where they are from.</summary>
internal static class Schemas
{
    private const string Dialect = "http://json-schema.org/draft-07/schema#";

    /// <returns>Where the file breaks the schema, and how; empty: it holds to it.</returns>
    public static IReadOnlyList<string> FaultsOfCompose(JsonNode file)
    {
        var schema = Read("compose.json");
        schema["$schema"] = Dialect;
        schema.Remove("$id");
        return Faults(schema, file);
    }

    /// <returns>Where the manifest breaks the schema of its kind, and how.</returns>
    public static IReadOnlyList<string> FaultsOfKubernetes(JsonNode manifest)
    {
        var definitions = Read("kubernetes.json")["definitions"]!.DeepClone().AsObject();
        foreach (var (name, definition) in definitions)
        {
            Adapt(name, definition!.AsObject());
        }

        var schema = new JsonObject
        {
            ["$schema"] = Dialect,
            ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = $"#/definitions/{DefinitionOf(manifest)}" }),
            ["definitions"] = definitions,
        };
        return Faults(schema, manifest);
    }

    /// <summary>An API server only warns of unknown fields; and OpenAPI 2 has no word for what is a number or a string.</summary>
    private static void Adapt(string name, JsonObject definition)
    {
        if (name.EndsWith(".IntOrString", StringComparison.Ordinal))
        {
            definition["type"] = new JsonArray("integer", "string");
        }

        if (definition.ContainsKey("properties"))
        {
            definition["additionalProperties"] = false;
        }
    }

    private static string DefinitionOf(JsonNode manifest)
    {
        var version = manifest["apiVersion"]!.GetValue<string>();
        var (group, of) = version.Split('/') is [var named, var last] ? (named.Split('.')[0], last) : ("core", version);
        return $"io.k8s.api.{group}.{of}.{manifest["kind"]}";
    }

    private static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Tracker.Server.Tests", "Deployment", "Schemas", name)))!.AsObject();

    private static string[] Faults(JsonObject schema, JsonNode instance)
    {
        var result = JsonSchema.FromText(schema.ToJsonString()).Evaluate(
            JsonSerializer.SerializeToElement(instance),
            new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? []
            : [.. (result.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Key}: {error.Value}"))];
    }
}
