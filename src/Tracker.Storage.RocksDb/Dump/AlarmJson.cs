using System.Buffers.Text;
using System.Text.Json;
using Tracker.Storage.RocksDb.Retention;

namespace Tracker.Storage.RocksDb.Dump;

internal static class AlarmJson
{
    public static void Write(Utf8JsonWriter json, byte[] key)
    {
        var alarm = Alarm.Read(key);
        json.WriteTime("at", alarm.At);
        json.WriteEnum("kind", alarm.Kind);
        json.WriteString("document", Base64Url.EncodeToString(alarm.DocumentKey.Span));
    }
}
