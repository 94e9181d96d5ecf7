using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tracker.Core.Consents;

namespace Tracker.Cache.Redis;

/// <summary>The entries of a ledger as they are remembered: every field there is, by its name.</summary>
internal static class LedgerJson
{
    private static readonly JsonSerializerOptions Options = new() { IgnoreReadOnlyProperties = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>
    /// Tells the fields that an entry has, down to the last: what a node of another version wrote may lack one that restricts, so
    /// each version reads its own.
    /// </summary>
    public static readonly string Shape = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Describe(typeof(ConsentEntry), []))))[..12];

    public static byte[] Write(IReadOnlyList<ConsentEntry> entries) => JsonSerializer.SerializeToUtf8Bytes(entries, Options);

    /// <returns>Null: it is none.</returns>
    public static IReadOnlyList<ConsentEntry>? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<List<ConsentEntry>>(json.Span, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Describe(Type type, HashSet<Type> seen)
    {
        var info = Options.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Enumerable)
        {
            return $"[{Describe(info.ElementType!, seen)}]";
        }

        return info.Kind == JsonTypeInfoKind.Object && seen.Add(type)
            ? $"{{{string.Join(',', info.Properties.Select(property => $"{property.Name}:{Describe(property.PropertyType, seen)}").Order(StringComparer.Ordinal))}}}"
            : Name(type);
    }

    /// <summary>Of an enum with its members: one more is another shape.</summary>
    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? $"{Name(inner)}?"
        : type.IsEnum ? $"{type.Name}({string.Join('|', Enum.GetNames(type))})"
        : type.Name;
}
