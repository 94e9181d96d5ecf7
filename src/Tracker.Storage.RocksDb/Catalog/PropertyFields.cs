using Tracker.Core.Model.Content;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Catalog;

/// <summary>Open attributes: key, kind of value, value. The numbers of the kinds are stored.</summary>
internal static class PropertyFields
{
    private const byte Text = 1;
    private const byte Whole = 2;
    private const byte Number = 3;
    private const byte Truth = 4;
    private const byte Instant = 5;

    public static void Write(DocumentWriter writer, IReadOnlyList<Property> properties)
    {
        writer.Count(properties.Count);
        foreach (var property in properties)
        {
            writer.Text(property.Key);
            WriteValue(writer, property);
        }
    }

    public static Property[] Read(ref DocumentReader reader)
    {
        var properties = new Property[reader.Count()];
        for (var i = 0; i < properties.Length; i++)
        {
            properties[i] = ReadValue(ref reader, reader.Text());
        }

        return properties;
    }

    private static void WriteValue(DocumentWriter writer, Property property)
    {
        switch (property)
        {
            case { Text: { } text }:
                writer.Byte(Text);
                writer.Text(text);
                break;
            case { Whole: { } whole }:
                writer.Byte(Whole);
                writer.Number(whole);
                break;
            case { Number: { } number }:
                writer.Byte(Number);
                writer.Number(BitConverter.DoubleToInt64Bits(number));
                break;
            case { Truth: { } truth }:
                writer.Byte(Truth);
                writer.Flag(truth);
                break;
            case { Instant: { } instant }:
                writer.Byte(Instant);
                writer.Time(instant);
                break;
            default:
                throw new InvalidOperationException("An attribute without a value cannot be stored.");
        }
    }

    private static Property ReadValue(ref DocumentReader reader, string key) => reader.Byte() switch
    {
        Text => new() { Key = key, Text = reader.Text() },
        Whole => new() { Key = key, Whole = reader.Number() },
        Number => new() { Key = key, Number = BitConverter.Int64BitsToDouble(reader.Number()) },
        Truth => new() { Key = key, Truth = reader.Flag() },
        Instant => new() { Key = key, Instant = reader.Time() },
        var kind => throw new InvalidOperationException($"An attribute has the unknown kind {kind}."),
    };
}
