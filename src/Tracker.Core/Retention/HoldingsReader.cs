using System.Runtime.CompilerServices;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>Reads what is held under one profile: the few documents at once, the records in chunks.</summary>
public sealed class HoldingsReader(IIdentityStore identities, IConsentStore consents, IKeyStore keys, IReviewStore reviews)
{
    /// <returns>Null: the profile is gone.</returns>
    public async Task<ProfileHoldings?> ReadAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation)
    {
        var control = (await identities.ReadControlsAsync(tenant, [profile], cancellation))[0];
        return control is null
            ? null
            : new(
                control,
                (await consents.ReadAsync(tenant, [profile], cancellation))[0],
                (await keys.ReadAsync(tenant, [profile], cancellation))[0],
                await reviews.FindContactAsync(tenant, profile, cancellation));
    }

    /// <summary>
    /// Whether a class of these records has come into being since the holdings were read. Without its key a record cannot be
    /// told from one whose key is destroyed.
    /// </summary>
    public async Task<bool> HasNewKeyAsync(ProfileHoldings held, IReadOnlyList<InteractionRecord> records, CancellationToken cancellation)
    {
        List<RetentionClass> unknown = [.. records.Select(record => record.Class).Distinct().Where(member => held.Keys?.Keys.ContainsKey(member) != true)];
        return unknown.Count > 0
            && (await keys.ReadAsync(held.Control.Tenant, [held.Control.Profile], cancellation))[0] is { } now
            && unknown.Exists(now.Keys.ContainsKey);
    }

    public async IAsyncEnumerable<IReadOnlyList<InteractionRecord>> ReadRecordsAsync(
        TenantId tenant,
        ProfileId profile,
        int chunkSize,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        RecordAddress? after = null;
        while (true)
        {
            var chunk = await reviews.ListRecordsAsync(tenant, profile, after, chunkSize, cancellation);
            if (chunk.Count > 0)
            {
                yield return chunk;
                after = RecordAddress.Of(chunk[^1]);
            }

            if (chunk.Count < chunkSize)
            {
                yield break;
            }
        }
    }
}
