using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Tracker.Core.Policies.Reading;

/// <summary>
/// What a policy has no place for: members it does not know and values of another kind, each by its path. They are taken
/// out of the document, so that all the rest is read and judged in the same run.
/// </summary>
internal sealed class PolicyShape(Findings findings)
{
    public void Check(JsonObject document) => CheckMembers(document, TypeOf(typeof(PolicyDocument)), "$");

    private void CheckMembers(JsonObject document, JsonTypeInfo type, string path)
    {
        foreach (var (name, value) in document.ToList())
        {
            var member = type.Properties.FirstOrDefault(known => known.Name == name);
            if (member is null)
            {
                findings.Add($"{path}.{name}", $"is no part of a policy; known here are {string.Join(", ", type.Properties.Select(known => known.Name))}");
            }

            if (member is null || !Fits(name, value, member.PropertyType, $"{path}.{name}"))
            {
                document.Remove(name);
            }
        }
    }

    private bool Fits(string name, JsonNode? value, Type type, string path)
    {
        var shape = TypeOf(type);
        switch (shape.Kind, value)
        {
            case (_, null):
                findings.Add(path, "null says nothing; leave it out");
                return false;
            case (JsonTypeInfoKind.Object, JsonObject members):
                CheckMembers(members, shape, path);
                return true;
            case (JsonTypeInfoKind.Dictionary, JsonObject entries):
                CheckEntries(entries, shape.ElementType!, path);
                return true;
            case (JsonTypeInfoKind.Enumerable, JsonArray items):
                CheckItems(name, items, shape.ElementType!, path);
                return true;
            default:
                var fits = shape.Kind == JsonTypeInfoKind.None && IsOf(value, type);
                findings.Check(fits, path, $"is not of this kind: {KindOf(shape)} is expected");
                return fits;
        }
    }

    private void CheckEntries(JsonObject entries, Type type, string path)
    {
        foreach (var (key, value) in entries.ToList().Where(entry => !Fits(entry.Key, entry.Value, type, $"{path}.{entry.Key}")))
        {
            entries.Remove(key);
        }
    }

    private void CheckItems(string list, JsonArray items, Type type, string path)
    {
        var misfits = items.Where((item, i) => !Fits(list, item, type, Findings.Item(path, PolicyJson.NameOf(list, item), i))).ToList();
        misfits.ForEach(item => items.Remove(item));
    }

    private static bool IsOf(JsonNode value, Type type) => value.GetValueKind() switch
    {
        JsonValueKind.String => type == typeof(string),
        JsonValueKind.True or JsonValueKind.False => type == typeof(bool),
        JsonValueKind.Number => type == typeof(int) && value.AsValue().TryGetValue<int>(out _),
        _ => false,
    };

    private static string KindOf(JsonTypeInfo shape) => shape.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
        JsonTypeInfoKind.Enumerable => "a list",
        _ when shape.Type == typeof(bool) => "true or false",
        _ when shape.Type == typeof(int) => "a whole number",
        _ => "a text",
    };

    private static JsonTypeInfo TypeOf(Type type) => PolicyDocumentJson.Default.GetTypeInfo(type)!;
}
