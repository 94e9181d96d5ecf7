using System.Text.Json.Serialization;

namespace Tracker.Server.Security;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(TenantKeysDocument))]
internal sealed partial class TenantKeysJson : JsonSerializerContext;
