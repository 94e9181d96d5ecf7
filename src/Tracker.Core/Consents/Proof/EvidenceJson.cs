using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracker.Core.Consents.Proof;

/// <summary>The stored form of what is under the seal: JSON, as all of it, because it must be readable in ten years.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(InstantJson), typeof(DurationJson), typeof(EvidenceKindJson)],
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(EvidenceDetails))]
[JsonSerializable(typeof(DoubleOptInDetails))]
public sealed partial class EvidenceJson : JsonSerializerContext
{
    public static byte[] Write(EvidenceDetails details) => JsonSerializer.SerializeToUtf8Bytes(details, Default.EvidenceDetails);

    public static byte[] Write(DoubleOptInDetails details) => JsonSerializer.SerializeToUtf8Bytes(details, Default.DoubleOptInDetails);

    public static EvidenceDetails Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.EvidenceDetails) ?? throw new JsonException("The details are empty.");
}
