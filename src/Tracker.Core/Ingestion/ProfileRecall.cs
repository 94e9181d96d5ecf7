using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>Where identifiers lead and what those people have decided: from the cache where it knows, from the store otherwise.</summary>
public sealed class ProfileRecall(IIdentityStore identities, IConsentStore consents, IProfileCache cache, PolicyRegister policies)
{
    /// <summary>The store is asked only for what no control document confirms; without a cache, for all.</summary>
    public async Task<RecalledLinks> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation)
    {
        // A machine may lead to somebody else by now, which the control of whoever it led to does not tell.
        List<IdentifierHash> lasting = [.. identifiers.Where(identifier => !policies.For(tenant).Identity.NamesAMachine(identifier.Kind))];
        var remembered = lasting.Count == 0 ? [] : await cache.FindAsync(tenant, lasting, cancellation);
        var named = await ReadControlsAsync(tenant, remembered.OfType<ProfileId>(), cancellation);
        var links = new Dictionary<IdentifierHash, Control>();
        for (var i = 0; i < lasting.Count; i++)
        {
            if (remembered[i] is { } profile && named.TryGetValue(profile, out var control) && control.Identifiers.Contains(lasting[i]))
            {
                links[lasting[i]] = control;
            }
        }

        var confirmed = links.Keys.ToHashSet();
        List<IdentifierHash> others = [.. identifiers.Where(identifier => !confirmed.Contains(identifier))];
        var stored = others.Count == 0 ? [] : await identities.FindByAnyKeyAsync(tenant, others, cancellation);
        HashSet<IdentifierHash> underOldKeys = [];
        foreach (var (profile, control) in await ReadControlsAsync(tenant, stored.Where(link => link is not null).Select(link => link!.Value.Profile).Where(profile => !named.ContainsKey(profile)), cancellation))
        {
            named[profile] = control;
        }

        for (var i = 0; i < others.Count; i++)
        {
            // What an identifier says is confirmed by the control it leads to; without one it leads nowhere.
            if (stored[i] is { } link && named.TryGetValue(link.Profile, out var control))
            {
                links[others[i]] = control;
                if (link.By.KeyVersion < others[i].KeyVersion)
                {
                    underOldKeys.Add(others[i]);
                }
            }
        }

        return new RecalledLinks(links, confirmed, underOldKeys);
    }

    /// <returns>For each control, in order, the ledger under its epoch, and whether it was remembered.</returns>
    public async Task<IReadOnlyList<RecalledLedger>> ReadLedgersAsync(TenantId tenant, IReadOnlyList<Control> controls, CancellationToken cancellation)
    {
        // Who has never decided anything has no ledger to read.
        List<Control> decided = [.. controls.Where(control => control.ConsentEpoch > 0)];
        var remembered = await cache.ReadLedgersAsync(tenant, [.. decided.Select(control => new LedgerVersion(control.Profile, control.ConsentEpoch))], cancellation);
        var ledgers = decided.Zip(remembered).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Profile, pair => new RecalledLedger(pair.Second!, IsRemembered: true));
        List<ProfileId> others = [.. decided.Select(control => control.Profile).Where(profile => !ledgers.ContainsKey(profile))];
        var stored = others.Count == 0 ? [] : await consents.ReadAsync(tenant, others, cancellation);
        for (var i = 0; i < others.Count; i++)
        {
            ledgers[others[i]] = new(stored[i], IsRemembered: false);
        }

        return [.. controls.Select(control => ledgers.GetValueOrDefault(control.Profile, RecalledLedger.Empty))];
    }

    /// <summary>A denied, duplicate or failed interaction leaves nothing behind; so only what was stored is remembered, and no longer than that is kept.</summary>
    public void Remember(TenantId tenant, IReadOnlyList<(Interaction Interaction, ProfileDraft Profile, DateTimeOffset End)> stored, WorkingSet known)
    {
        var rules = policies.For(tenant).Identity;
        HashSet<RememberedLink> links = [];
        Dictionary<ProfileId, RememberedLedger> ledgers = [];
        foreach (var (interaction, profile, end) in stored)
        {
            foreach (var identifier in interaction.Identifiers)
            {
                if (!known.IsRemembered(identifier) && !rules.NamesAMachine(identifier.Kind) && known.Find(identifier) == profile.Id)
                {
                    links.Add(new RememberedLink(identifier, profile.Id, ExpiryStamps.ForIdentifier(end)));
                }
            }

            if (!ledgers.ContainsKey(profile.Id) && profile.ToRemember() is { } ledger)
            {
                ledgers.Add(profile.Id, ledger);
            }
        }

        if (links.Count + ledgers.Count > 0)
        {
            cache.Remember(tenant, [.. links], [.. ledgers.Values]);
        }
    }

    private async Task<Dictionary<ProfileId, Control>> ReadControlsAsync(TenantId tenant, IEnumerable<ProfileId> profiles, CancellationToken cancellation)
    {
        List<ProfileId> wanted = [.. profiles.Distinct()];
        var controls = wanted.Count == 0 ? [] : await identities.ReadControlsAsync(tenant, wanted, cancellation);
        return controls.OfType<Control>().ToDictionary(control => control.Profile);
    }
}
