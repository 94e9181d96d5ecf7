using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>
/// Tells whether two stored payloads hold the same, without showing what: a keyed hash of the opened content, good for
/// comparing a restored or repeated store with the one it should equal.
/// </summary>
public sealed class PayloadDigests(DataKeys dataKeys, KeyedHasher hasher)
{
    /// <returns>Null where the key is gone.</returns>
    public string? Of(InteractionRecord record, ProfileKeys? keys) =>
        dataKeys.Open(record, keys) is { } content ? Digest(record.Tenant, SealedJson.Write(content)) : null;

    /// <returns>Null where the key is gone.</returns>
    public string? Of(ContactDocument contact, ProfileKeys? keys) =>
        dataKeys.Open(contact, keys) is { } content ? Digest(contact.Tenant, SealedJson.Write(content)) : null;

    private string Digest(TenantId tenant, byte[] json) => Convert.ToHexStringLower(hasher.Tag(tenant, [.. "digest\0"u8, .. json]).AsSpan(0, 16));
}
