using System.Text.Json;
using System.Text.Json.Serialization;
using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>
/// The stored form: JSON, because it must be readable in ten years by whoever holds the key, and a field added later
/// must not trouble what was written before.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(SealedContent))]
[JsonSerializable(typeof(ContactContent))]
[JsonSerializable(typeof(SubjectAge))]
public sealed partial class SealedJson : JsonSerializerContext
{
    public static byte[] Write(SealedContent content) => JsonSerializer.SerializeToUtf8Bytes(content, Default.SealedContent);

    public static SealedContent ReadRecord(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.SealedContent) ?? throw new JsonException("The payload is empty.");

    public static byte[] Write(ContactContent content) => JsonSerializer.SerializeToUtf8Bytes(content, Default.ContactContent);

    public static ContactContent ReadContact(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.ContactContent) ?? throw new JsonException("The payload is empty.");
}
