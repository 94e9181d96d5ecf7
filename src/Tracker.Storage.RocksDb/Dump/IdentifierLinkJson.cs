using System.Text.Json;
using Tracker.Core.Identities;
using Tracker.Storage.RocksDb.Identities;

namespace Tracker.Storage.RocksDb.Dump;

internal static class IdentifierLinkJson
{
    public static void Write(Utf8JsonWriter json, byte[] key, IdentifierLink link)
    {
        var identifier = IdentifierKey.IdentifierOf(key);
        json.WriteString("tenant", IdentifierKey.TenantOf(key).Value);
        json.WriteEnum("kind", identifier.Kind);
        json.WriteString("identifier", identifier.ToString());
        json.WriteProfile(link.Profile);
        json.WriteTexts("earlier", link.Earlier.Select(profile => profile.ToString()));
        json.WriteTime("expire_at", link.ExpireAt);
    }
}
