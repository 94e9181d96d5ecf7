using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>Looks identifiers up by every version of the key at once: one question to the store, whatever keys there are.</summary>
public static class IdentityLookup
{
    /// <returns>For each identifier, in order, the profile that it leads to and by which of its hashes; null: nowhere.</returns>
    public static async Task<IReadOnlyList<(ProfileId Profile, IdentifierHash By)?>> FindByAnyKeyAsync(
        this IIdentityStore store,
        TenantId tenant,
        IReadOnlyList<IdentifierHash> identifiers,
        CancellationToken cancellation)
    {
        List<IdentifierHash> asked = [.. identifiers.SelectMany(identifier => identifier.UnderAnyKey())];
        var found = await store.FindAsync(tenant, asked, cancellation);
        var links = new Dictionary<IdentifierHash, ProfileId>();
        for (var i = 0; i < asked.Count; i++)
        {
            if (found[i] is { } profile)
            {
                links[asked[i]] = profile;
            }
        }

        return [.. identifiers.Select(identifier => Find(identifier, links))];
    }

    /// <summary>The key that is written comes first: what leads somewhere by it was seen last.</summary>
    private static (ProfileId Profile, IdentifierHash By)? Find(IdentifierHash identifier, Dictionary<IdentifierHash, ProfileId> links)
    {
        foreach (var hash in identifier.UnderAnyKey())
        {
            if (links.TryGetValue(hash, out var profile))
            {
                return (profile, hash);
            }
        }

        return null;
    }
}
