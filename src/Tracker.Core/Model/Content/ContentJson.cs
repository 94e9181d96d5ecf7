using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracker.Core.Model.Content;

/// <summary>
/// The stored form of content, inside the encryption: JSON, because it must be readable in ten years by whoever holds
/// the key, and a field added later must not trouble what was written before.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(InteractionContent))]
public sealed partial class ContentJson : JsonSerializerContext
{
    public static byte[] Write(InteractionContent content) =>
        JsonSerializer.SerializeToUtf8Bytes(content, Default.InteractionContent);

    public static InteractionContent Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.InteractionContent) ?? new();
}
