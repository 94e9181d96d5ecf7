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
        return [.. records.Select(record => dataKeys.Open(record, byProfile.GetValueOrDefault(record.Profile)))];
    }

    /// <returns>Null where the key is gone.</returns>
    public async Task<ContactContent?> OpenAsync(ContactDocument contact, CancellationToken cancellation) => (await OpenAsync([contact], cancellation))[0];

    /// <param name="contacts">Of one tenant, each of another profile.</param>
    /// <returns>For each, in order, its content; null where the key is gone.</returns>
    public async Task<IReadOnlyList<ContactContent?>> OpenAsync(IReadOnlyList<ContactDocument> contacts, CancellationToken cancellation)
    {
        var keys = contacts.Count == 0 ? [] : await store.ReadAsync(contacts[0].Tenant, [.. contacts.Select(contact => contact.Profile)], cancellation);
        return [.. contacts.Zip(keys, dataKeys.Open)];
    }
}
