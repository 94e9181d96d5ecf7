using Google.Protobuf.Collections;
using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class PropertyMapping
{
    public static IReadOnlyList<Property>? ToCore(this RepeatedField<Wire.Property> wire, Place at, string field)
    {
        if (wire.Count == 0)
        {
            return null;
        }

        var properties = new Property[wire.Count];
        for (var i = 0; i < properties.Length; i++)
        {
            properties[i] = wire[i].ToCore(at.In(field, i));
        }

        return properties;
    }

    public static IEnumerable<Wire.Property> ToWire(this IReadOnlyList<Property>? properties) => properties.OrEmpty().Select(ToWire);

    private static Property ToCore(this Wire.Property wire, Place at) => wire.ValueCase switch
    {
        Wire.Property.ValueOneofCase.StringValue => new() { Key = wire.Key, Text = wire.StringValue },
        Wire.Property.ValueOneofCase.IntValue => new() { Key = wire.Key, Whole = wire.IntValue },
        Wire.Property.ValueOneofCase.DoubleValue => new() { Key = wire.Key, Number = Finite(wire.DoubleValue, at) },
        Wire.Property.ValueOneofCase.BoolValue => new() { Key = wire.Key, Truth = wire.BoolValue },
        Wire.Property.ValueOneofCase.TimestampValue => new() { Key = wire.Key, Instant = wire.TimestampValue.ToCore(at, "timestamp_value") },
        _ => WithoutValue(wire.Key, at),
    };

    private static double? Finite(double number, Place at)
    {
        if (double.IsFinite(number))
        {
            return number;
        }

        at.Refuse("double_value", "must be finite");
        return null;
    }

    private static Property WithoutValue(string key, Place at)
    {
        at.Refuse("", "must have a value");
        return new Property { Key = key };
    }

    private static Wire.Property ToWire(Property property)
    {
        var wire = new Wire.Property { Key = property.Key };
        switch (property)
        {
            case { Text: { } text }: wire.StringValue = text; break;
            case { Whole: { } whole }: wire.IntValue = whole; break;
            case { Number: { } number }: wire.DoubleValue = number; break;
            case { Truth: { } truth }: wire.BoolValue = truth; break;
            case { Instant: { } instant }: wire.TimestampValue = instant.ToWire(); break;
        }

        return wire;
    }
}
