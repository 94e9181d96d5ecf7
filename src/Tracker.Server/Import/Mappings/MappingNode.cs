using System.Text.Json;

namespace Tracker.Server.Import.Mappings;

/// <summary>
/// An object of a mapping file that is read field by field. What is missing, of the wrong kind or unknown is
/// noted with its path and replaced by something harmless, so that one load tells every error.
/// </summary>
internal sealed class MappingNode(JsonElement element, string path, ICollection<string> errors)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public void Report(string field, string problem) => errors.Add($"{path}.{field}: {problem}");

    public bool Has(string field)
    {
        _read.Add(field);
        return element.TryGetProperty(field, out _);
    }

    public string Text(string field)
    {
        if (Find(field, required: true) is not { } value)
        {
            return "";
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Report(field, "must be a text that is not empty");
        return "";
    }

    public string OptionalText(string field, string otherwise) => Has(field) ? Text(field) : otherwise;

    public T OneOf<T>(string field, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        var text = Text(field);
        if (text.Length > 0 && !choices.ContainsKey(text))
        {
            Report(field, $"must be one of {string.Join(", ", choices.Keys)}");
        }

        return choices.GetValueOrDefault(text);
    }

    public int WholeNumber(string field, int least, int most)
    {
        if (Find(field, required: true) is not { } value)
        {
            return least;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Report(field, $"must be a whole number from {least} to {most}");
        return least;
    }

    /// <returns>The value as it stands; null where it is missing, which is noted if it is required.</returns>
    public JsonElement? Find(string field, bool required)
    {
        _read.Add(field);
        if (element.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return value;
        }

        if (required)
        {
            Report(field, "is missing");
        }

        return null;
    }

    public T Object<T>(string field, Func<MappingNode, T> read, bool required, T otherwise)
    {
        if (Find(field, required) is not { } value)
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Object ? ReadObject(value, $"{path}.{field}", read) : Refuse(field, "must be an object", otherwise);
    }

    public IReadOnlyList<T> Objects<T>(string field, Func<MappingNode, T> read, bool required)
    {
        var items = Items(field, required);
        return [.. items.Select((item, index) => ReadItem(field, item, index, read)).OfType<T>()];
    }

    public IReadOnlyList<string> Texts(string field)
    {
        var items = Items(field, required: true);
        if (items.All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length > 0))
        {
            return [.. items.Select(item => item.GetString()!)];
        }

        return Refuse<IReadOnlyList<string>>(field, "must hold texts that are not empty", []);
    }

    /// <summary>Notes the fields that nobody asked for: most are misspelt.</summary>
    public void Close()
    {
        foreach (var property in element.EnumerateObject().Where(property => !_read.Contains(property.Name)))
        {
            Report(property.Name, "is not a field of a mapping");
        }
    }

    private IReadOnlyList<JsonElement> Items(string field, bool required)
    {
        if (Find(field, required) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || (required && value.GetArrayLength() == 0))
        {
            return Refuse<IReadOnlyList<JsonElement>>(field, required ? "must be a list that is not empty" : "must be a list", []);
        }

        return [.. value.EnumerateArray()];
    }

    private T? ReadItem<T>(string field, JsonElement item, int index, Func<MappingNode, T> read) =>
        item.ValueKind == JsonValueKind.Object
            ? ReadObject(item, $"{path}.{field}[{index}]", read)
            : Refuse<T?>($"{field}[{index}]", "must be an object", default);

    private T ReadObject<T>(JsonElement value, string at, Func<MappingNode, T> read)
    {
        var node = new MappingNode(value, at, errors);
        var result = read(node);
        node.Close();
        return result;
    }

    private T Refuse<T>(string field, string problem, T otherwise)
    {
        Report(field, problem);
        return otherwise;
    }
}
