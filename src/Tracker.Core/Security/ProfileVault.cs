using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>Opens what is held under one profile, and seals it again with less inside.</summary>
public sealed class ProfileVault(DataKeys dataKeys, ProfileKeys? keys)
{
    /// <returns>Null where the key is gone.</returns>
    public SealedContent? Open(InteractionRecord record) => dataKeys.Open(record, keys);

    /// <returns>Null where the key is gone.</returns>
    public ContactContent? Open(ContactDocument contact) => dataKeys.Open(contact, keys);

    public SubjectAge? OpenAge(Control control) => dataKeys.Open(control, keys);

    /// <exception cref="InvalidOperationException">The class has no key: it could not have been opened.</exception>
    public ReadOnlyMemory<byte> Seal(InteractionRecord record, SealedContent content) =>
        PayloadSeal.Seal(
            record.Profile.IsNone ? dataKeys.Derive(SealContext.Of(record), PayloadSeal.TenantKeyVersion(record.Payload.Span)) : KeyOf(record.Tenant, record.Profile, record.Class),
            SealContext.Of(record),
            SealedJson.Write(content));

    /// <exception cref="InvalidOperationException">The class has no key: it could not have been opened.</exception>
    public ReadOnlyMemory<byte> Seal(ContactDocument contact, ContactContent content) =>
        PayloadSeal.Seal(KeyOf(contact.Tenant, contact.Profile, RetentionClass.Contact), SealContext.Contact(contact.Tenant, contact.Profile), SealedJson.Write(content));

    private DataKey KeyOf(TenantId tenant, ProfileId profile, RetentionClass member) =>
        keys?.Keys.TryGetValue(member, out var wrapped) == true
            ? dataKeys.Unwrap(tenant, profile, member, wrapped)
            : throw new InvalidOperationException("What has no key cannot be sealed.");
}
