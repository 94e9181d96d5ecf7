using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracker.Core.Consents.Proof;

/// <summary>Every instant in one form: RFC 3339 in UTC, to the millisecond. Any offset is read.</summary>
public sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));
}
