using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>Opens stored payloads with the keys of their profile.</summary>
public sealed class PayloadOpener(IKeyStore store, DataKeys dataKeys)
{
    /// <returns>For each record, in order, its content; null where the key is gone, which is what destroying a key means.</returns>
    public async Task<IReadOnlyList<SealedContent?>> OpenAsync(IReadOnlyList<InteractionRecord> records, CancellationToken cancellation)
    {
        if (records.Count == 0)
        {
            return [];
        }

        List<ProfileId> profiles = [.. records.Select(record => record.Profile).Where(profile => !profile.IsNone).Distinct()];
        var found = await store.ReadAsync(records[0].Tenant, profiles, cancellation);
        var byProfile = found.OfType<ProfileKeys>().ToDictionary(keys => keys.Profile);
        return [.. records.Select(record => Open(record, byProfile.GetValueOrDefault(record.Profile)))];
    }

    public async Task<ContactContent?> OpenAsync(ContactDocument contact, CancellationToken cancellation)
    {
        var keys = await store.ReadAsync(contact.Tenant, [contact.Profile], cancellation);
        return keys[0]?.Keys.TryGetValue(RetentionClass.Contact, out var wrapped) == true
            ? Open(contact, dataKeys.Unwrap(contact.Tenant, contact.Profile, RetentionClass.Contact, wrapped))
            : null;
    }

    public static ContactContent Open(ContactDocument contact, DataKey key) =>
        SealedJson.ReadContact(PayloadSeal.Open(key, SealContext.Contact(contact.Tenant, contact.Profile), contact.Payload.Span));

    private SealedContent? Open(InteractionRecord record, ProfileKeys? keys)
    {
        var context = SealContext.Of(record);
        if (record.Profile.IsNone)
        {
            return Open(record, dataKeys.Derive(context, PayloadSeal.TenantKeyVersion(record.Payload.Span)), context);
        }

        return keys?.Keys.TryGetValue(record.Class, out var wrapped) == true
            ? Open(record, dataKeys.Unwrap(record.Tenant, record.Profile, record.Class, wrapped), context)
            : null;
    }

    private static SealedContent Open(InteractionRecord record, DataKey key, SealContext context) =>
        SealedJson.ReadRecord(PayloadSeal.Open(key, context, record.Payload.Span));
}
