using System.Text.Json;
using Tracker.Core.Retention;

namespace Tracker.Storage.RocksDb.Dump;

internal static class LegalHoldJson
{
    public static void Write(Utf8JsonWriter json, LegalHold hold)
    {
        json.WriteString("tenant", hold.Tenant.Value);
        json.WriteString("id", hold.Id);
        json.WriteEnum("kind", hold.Kind);
        json.WriteTexts("profiles", hold.Profiles.Select(profile => profile.ToString()));
        json.WriteEnums("classes", hold.Classes.Members());
        json.WriteString("approved_by", hold.ApprovedBy);
        json.WriteTime("review_at", hold.ReviewAt);
        json.WriteTime("placed_at", hold.PlacedAt);
        json.WriteTime("released_at", hold.ReleasedAt);
        json.WriteTime("expire_at", hold.ExpireAt);
    }
}
