using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Everything a micro-batch needs to know, read at once: where identifiers lead, the profiles they lead to, and which
/// interactions are stored already. Permitted interactions write their plans into it, so that the next one of the same
/// person is decided on top of them.
/// </summary>
public sealed class WorkingSet(
    IReadOnlySet<InteractionKey> stored,
    Dictionary<IdentifierHash, ProfileId> links,
    Dictionary<ProfileId, ProfileDraft> profiles)
{
    public bool IsStored(InteractionKey key) => stored.Contains(key);

    public ProfileId? Find(IdentifierHash identifier) => links.TryGetValue(identifier, out var profile) ? profile : null;

    public ProfileDraft Get(ProfileId profile) => profiles[profile];

    public IEnumerable<IdentifierHash> IdentifiersOf(ProfileId profile) => profiles[profile].Identifiers;

    public void Link(ProfileDraft profile, IEnumerable<IdentifierHash> unlinked)
    {
        profiles[profile.Id] = profile;
        foreach (var identifier in unlinked)
        {
            links[identifier] = profile.Id;
        }
    }
}
