using Google.Protobuf.Collections;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class InferenceMapping
{
    public static IReadOnlyList<Inference>? ToCore(this RepeatedField<Wire.Inference> wire, Place at, string field) =>
        wire.Count == 0 ? null : [.. wire.Select((inference, i) => ToCore(inference, at.In(field, i)))];

    public static IEnumerable<Wire.Inference> ToWire(this IReadOnlyList<Inference>? inferences) => inferences.OrEmpty().Select(ToWire);

    private static Inference ToCore(Wire.Inference wire, Place at)
    {
        var inference = new Inference
        {
            Name = wire.Name,
            SpecialCategory = CoreEnum.Of<SpecialCategory>((int)wire.SpecialCategory, at, "special_category"),
            ComputedAt = wire.ComputedAt.ToCore(at, "computed_at"),
        };
        switch (wire.ValueCase)
        {
            case Wire.Inference.ValueOneofCase.StringValue: return inference with { Text = wire.StringValue };
            case Wire.Inference.ValueOneofCase.IntValue: return inference with { Whole = wire.IntValue };
            case Wire.Inference.ValueOneofCase.BoolValue: return inference with { Truth = wire.BoolValue };
            case Wire.Inference.ValueOneofCase.DoubleValue when double.IsFinite(wire.DoubleValue): return inference with { Number = wire.DoubleValue };
            case Wire.Inference.ValueOneofCase.DoubleValue: at.Refuse("double_value", "must be finite"); return inference;
            default: at.Refuse("", "must have a value"); return inference;
        }
    }

    private static Wire.Inference ToWire(Inference inference)
    {
        var wire = new Wire.Inference
        {
            Name = inference.Name,
            SpecialCategory = (Wire.SpecialCategory)inference.SpecialCategory,
            ComputedAt = inference.ComputedAt.ToWire(),
        };
        switch (inference)
        {
            case { Text: { } text }: wire.StringValue = text; break;
            case { Whole: { } whole }: wire.IntValue = whole; break;
            case { Number: { } number }: wire.DoubleValue = number; break;
            case { Truth: { } truth }: wire.BoolValue = truth; break;
        }

        return wire;
    }
}
