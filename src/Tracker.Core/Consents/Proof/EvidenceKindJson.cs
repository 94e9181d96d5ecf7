using System.Text.Json;
using System.Text.Json.Serialization;
using Tracker.Core.Model;

namespace Tracker.Core.Consents.Proof;

/// <summary>Kinds of proof as the contract writes them, such as "PAPER_SCAN"; what earlier versions wrote ("PaperScan") is read.</summary>
public sealed class EvidenceKindJson : JsonConverter<EvidenceKind>
{
    public override EvidenceKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnumNames<EvidenceKind>.TryParse(reader.GetString(), out var kind) || Enum.TryParse(reader.GetString(), out kind) ? kind : throw new JsonException("The kind of proof is none that is known.");

    public override void Write(Utf8JsonWriter writer, EvidenceKind value, JsonSerializerOptions options) => writer.WriteStringValue(EnumNames<EvidenceKind>.Of(value));
}
