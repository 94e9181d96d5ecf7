using System.Text.Json;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ContactJson
{
    public static void Write(Utf8JsonWriter json, ContactDocument contact, string? digest)
    {
        json.WriteString("tenant", contact.Tenant.Value);
        json.WriteProfile(contact.Profile);
        json.WriteNumber("version", contact.Version);
        json.WriteDecision(contact.Decision);
        json.WriteGrants(contact.Grants);
        json.WriteTime("last_interaction_at", contact.LastInteractionAt);
        json.WriteTime("expire_at", contact.ExpireAt);
        json.WriteTexts("holds", contact.Holds);
        json.WritePayload(contact.Payload, digest);
    }
}
