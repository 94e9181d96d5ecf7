using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>From a sealed payload and the wrapped keys of its profile to what is inside.</summary>
public static class PayloadReading
{
    /// <returns>Null where the key is gone.</returns>
    public static SealedContent? Open(this DataKeys dataKeys, InteractionRecord record, ProfileKeys? keys)
    {
        var context = SealContext.Of(record);
        var key = record.Profile.IsNone
            ? dataKeys.Derive(context, PayloadSeal.TenantKeyVersion(record.Payload.Span))
            : dataKeys.Find(keys, record.Class);
        return key is null ? null : SealedJson.ReadRecord(PayloadSeal.Open(key.Value, context, record.Payload.Span));
    }

    /// <returns>Null where the key is gone.</returns>
    public static ContactContent? Open(this DataKeys dataKeys, ContactDocument contact, ProfileKeys? keys) =>
        dataKeys.Find(keys, RetentionClass.Contact) is { } key ? contact.Open(key) : null;

    public static ContactContent Open(this ContactDocument contact, DataKey key) =>
        SealedJson.ReadContact(PayloadSeal.Open(key, SealContext.Contact(contact.Tenant, contact.Profile), contact.Payload.Span));

    private static DataKey? Find(this DataKeys dataKeys, ProfileKeys? keys, RetentionClass member) =>
        keys?.Keys.TryGetValue(member, out var wrapped) == true ? dataKeys.Unwrap(keys.Tenant, keys.Profile, member, wrapped) : null;
}
