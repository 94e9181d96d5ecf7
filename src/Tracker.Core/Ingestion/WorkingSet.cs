using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Everything a micro-batch needs to know, read at once: where identifiers lead, the profiles they lead to, and which
/// interactions are stored already. Permitted interactions write their plans into it, so that the next one of the same
/// person is decided on top of them.
/// </summary>
public sealed class WorkingSet(
    IReadOnlySet<InteractionKey> stored,
    RecalledLinks recalled,
    Dictionary<ProfileId, ProfileDraft> profiles,
    Dictionary<UInt128, ContractLink> contracts,
    SpecialProducts specialProducts)
{
    private readonly Dictionary<IdentifierHash, ProfileId> _links = recalled.Links.ToDictionary(link => link.Key, link => link.Value.Profile);

    // Who had a machine in this micro-batch, the first of whom had it before or has brought it.
    private readonly Dictionary<IdentifierHash, List<ProfileId>> _holders = [];

    /// <summary>Products that reveal something.</summary>
    public SpecialProducts SpecialProducts => specialProducts;

    /// <summary>For another part of the micro-batch, whose plans are not for the others.</summary>
    public WorkingSet Copy() => new(stored, recalled, new(profiles), new(contracts), specialProducts);

    public bool IsStored(InteractionKey key) => stored.Contains(key);

    /// <summary>Whether the cache knows where it leads.</summary>
    public bool IsRemembered(IdentifierHash identifier) => recalled.Remembered.Contains(identifier);

    public ProfileId? Find(IdentifierHash identifier) => _links.TryGetValue(identifier, out var profile) ? profile : null;

    public ProfileDraft Get(ProfileId profile) => profiles[profile];

    /// <summary>What is stated of an age to one profile counts for the others of the person at once.</summary>
    public void Tell(ProfileDraft profile)
    {
        foreach (var member in profile.MembersToTell)
        {
            profiles.GetValueOrDefault(member)?.Hear(profile.OwnAge!);
        }
    }

    public IEnumerable<IdentifierHash> IdentifiersOf(ProfileId profile) => profiles[profile].Identifiers;

    /// <param name="sent">What leads there by an older key only leads there by the new one as well from now on.</param>
    public void Link(ProfileDraft profile, Resolution resolution, IReadOnlyList<IdentifierHash> sent)
    {
        profiles[profile.Id] = profile;
        for (var i = 0; i < sent.Count && recalled.UnderOldKeys.Count > 0; i++)
        {
            if (recalled.UnderOldKeys.Contains(sent[i]) && recalled.Links[sent[i]].Profile == profile.Id)
            {
                profile.Link(sent[i]);
            }
        }

        foreach (var identifier in resolution.Unlinked)
        {
            Lead(identifier, profile.Id);
            profile.Link(identifier);
        }

        foreach (var (machine, from) in resolution.Taken)
        {
            Take(profile, machine, from);
            Lead(machine, profile.Id);
        }
    }

    /// <summary>Two items around the hour a key begins have it under two versions.</summary>
    private void Lead(IdentifierHash identifier, ProfileId profile)
    {
        foreach (var hash in identifier.UnderAnyKey())
        {
            _links[hash] = profile;
        }
    }

    /// <summary>From whoever had it last; back to somebody who had it, the others only passed it on.</summary>
    private void Take(ProfileDraft profile, IdentifierHash machine, ProfileId from)
    {
        var holders = _holders.TryGetValue(machine, out var known) ? known : _holders[machine] = [from];
        var place = holders.IndexOf(profile.Id);
        if (place < 0)
        {
            profile.Take(machine, from);
            holders.Add(profile.Id);
            return;
        }

        foreach (var other in holders.Skip(place + 1))
        {
            profile.TakeBack(machine, from: profiles[other]);
        }

        holders.RemoveRange(place + 1, holders.Count - place - 1);
    }

    /// <summary>
    /// The contract that it names: a number that is theirs or that this act establishes, or the act itself. A number that nobody
    /// has, or of a contract that was over, proves nothing; then what is known of the person must.
    /// </summary>
    public ContractReference ContractOf(Interaction interaction, ProfileDraft profile)
    {
        string? own = null;
        var namesEnded = false;
        foreach (var named in interaction.Contracts)
        {
            var link = contracts.GetValueOrDefault(named.Reference);
            if (link is not null && link.Profile != profile.Id)
            {
                return new(named.Evidence, IsOfAnother: true);
            }

            var isOver = link is not null && Stages.ContractOf(link).IsOver(interaction.OccurredAt);
            namesEnded |= isOver;
            own ??= (link is not null && !isOver) || interaction.MakesContract ? named.Evidence : null;
        }

        return new(own ?? (interaction.MakesContract ? $"interaction:{interaction.Key}" : $"profile:{profile.Id}"), IsOfAnother: false)
        {
            IsNamed = own is not null || interaction.MakesContract,
            NamesEnded = namesEnded,
        };
    }

    /// <returns>When the order or the contract that it names was over, as the links of its numbers tell; null: not known.</returns>
    public DateTimeOffset? EndOf(Interaction interaction, ProfileDraft profile, Policy policy)
    {
        if (interaction.Contracts.Count == 0)
        {
            return null;
        }

        var ends = new ContractEnds(policy);
        ends.Note(interaction.Contracts.Select(named => contracts.GetValueOrDefault(named.Reference)), profile.Id);
        foreach (var begun in interaction.Contracts.Where(named => interaction.Fact == FactKind.ContractStarted && named.Kind == NamedContract.Continuing))
        {
            ends.NoteBegun(begun.Reference, interaction.OccurredAt);
        }

        return ends.Of(interaction.OrderReference, interaction.Contracts.Select(named => named.Reference), interaction.OccurredAt);
    }

    /// <returns>When what these rights of a profile rest on was over, as the links of its numbers tell.</returns>
    public ContractEnds EndsOf(IEnumerable<Grant> grants, ProfileDraft profile, Policy policy)
    {
        var ends = new ContractEnds(policy);
        ends.Note(NamedContract.In(grants).Select(named => contracts.GetValueOrDefault(named.Reference)), profile.Id);
        return ends;
    }

    /// <summary>An act that establishes something makes the numbers it names this person's; a mere mention keeps its own alive (E39).</summary>
    public void Own(Interaction interaction, ProfileDraft profile, DateTimeOffset until)
    {
        foreach (var named in interaction.Contracts)
        {
            // What is somebody else's stays theirs, whatever else is kept of the act that names it.
            var known = contracts.GetValueOrDefault(named.Reference);
            if (known is null ? interaction.MakesContract : known.Profile == profile.Id)
            {
                var link = ToLink(interaction, named, profile, until);
                contracts[named.Reference] = known?.Merge(link) ?? link;
                profile.Own(link, isNew: known is null);
            }
        }
    }

    /// <summary>What the act proves of a number that it names: whose it is, when the order was over, and when the contract that goes on began or ended.</summary>
    private static ContractLink ToLink(Interaction interaction, NamedContract named, ProfileDraft profile, DateTimeOffset until)
    {
        var link = new ContractLink(profile.Tenant, named.Reference, profile.Id, until);
        return (named.Kind, interaction.Fact) switch
        {
            (NamedContract.Order, _) when interaction.Type.EndsWhatItNames => link with { OrderEndedAt = interaction.OccurredAt },
            (NamedContract.Continuing, FactKind.ContractStarted) => link with { StartedAt = interaction.OccurredAt },
            (NamedContract.Continuing, FactKind.ContractEnded) => link with { EndedAt = interaction.OccurredAt },
            _ => link,
        };
    }
}
