using System.Text.Json;
using System.Text.Json.Nodes;
using Tracker.Server.Tests.Import;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Tracker.Server.Tests.Deployment;

/// <summary>A file of YAML as the JSON that a schema is about: aliases and merged keys resolved, numbers as numbers.</summary>
internal static class Yaml
{
    private static readonly IDeserializer Deserializer = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <param name="name">From the root of the repository.</param>
    public static JsonObject Read(string name) => Assert.Single(ReadAll(name));

    public static IReadOnlyList<JsonObject> ReadAll(string name)
    {
        using var reader = File.OpenText(Path.Combine(Repository.Root, name));
        var parser = new MergingParser(new Parser(reader));
        parser.Consume<StreamStart>();
        List<JsonObject> documents = [];
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(Assert.IsType<JsonObject>(ToJson(Deserializer.Deserialize<object?>(parser))));
        }

        return documents;
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        IDictionary<object, object?> map => new JsonObject(map.Select(entry => KeyValuePair.Create($"{entry.Key}", ToJson(entry.Value)))),
        IList<object?> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonSerializer.SerializeToNode(value),
    };
}
