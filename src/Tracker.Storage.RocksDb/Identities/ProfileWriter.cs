using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>Writes control, identifiers and keys of the profiles of one session.</summary>
internal sealed class ProfileWriter(StoreTables tables, WriteSession session, TenantId tenant, DateTimeOffset now)
{
    // What this session has written is not readable yet, and must not be overwritten from what was there before.
    private readonly SessionView<ProfileId, Control> _controls = ViewOf(tables, tenant);
    private readonly SessionView<IdentifierHash, IdentifierLink> _links = new(tables.Identifiers, (buffer, identifier) => IdentifierKey.Write(buffer, tenant, identifier));
    private ContractLinks? _contracts;

    private ContractLinks Contracts => _contracts ??= new(tables, tenant, _controls, now);

    public static SessionView<ProfileId, Control> ViewOf(StoreTables tables, TenantId tenant) => new(tables.Controls, (buffer, profile) => ProfileKey.Write(buffer, tenant, profile));

    /// <summary>Reads in one call each what the changes of a micro-batch will ask for.</summary>
    public void Read(IReadOnlyList<ProfileChange> changes)
    {
        _controls.Read(changes.Select(change => change.Profile));
        _links.Read(changes.SelectMany(change => change.NewIdentifiers));
        Contracts.Read([.. changes.SelectMany(change => change.Contracts).Select(contract => contract.Reference)]);
    }

    public Control? FindControl(ProfileId profile) => _controls.FindLive(profile, now);

    /// <summary>Whether what the update was prepared on is no longer so.</summary>
    public bool IsStale(ProfileUpdate update, Control? control) =>
        update.IsOvertaken(control) || LeadsElsewhere(update) || HasContractOfAnother(update) || HasKeyOf(update);

    /// <returns>The control as it is now.</returns>
    public Control Apply(ProfileUpdate prepared, Control? control, DateTimeOffset until)
    {
        var update = prepared.UnderEveryKey(identifier => FindLink(identifier) is not null);
        var written = update.Merge(tenant, control, until);
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ProfileKey.Write(buffer, tenant, update.Profile);
        _controls.Put(session, update.Profile, written);
        StampIdentifiers(update, written, control);
        StampKeys(update, written, control, key);
        foreach (var contract in update.Contracts)
        {
            Contracts.Put(session, contract);
        }

        foreach (var dueAt in update.Reviews)
        {
            tables.Errands.Add(session, Errand.Of(tenant, update, dueAt, now));
        }

        foreach (var member in update.Members)
        {
            TellMember(update, member);
        }

        return written;
    }

    /// <summary>One that has expired has nothing left to decide.</summary>
    private void TellMember(ProfileUpdate update, ProfileId member)
    {
        if (FindControl(member) is { } control)
        {
            Apply(update.ForMember(control), control, control.ExpireAt);
        }
    }

    private bool LeadsElsewhere(ProfileUpdate update)
    {
        foreach (var identifier in update.LinkedIdentifiers)
        {
            if (FindByAnyKey(identifier) is { } link && FindControl(link.Profile) is not null && update.IsElsewhere(identifier, link))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasContractOfAnother(ProfileUpdate update)
    {
        foreach (var contract in update.Contracts)
        {
            if (Contracts.Find(contract.Reference) is { } link && link.Profile != update.Profile)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Decided around the hour a key begins, it may have been linked under another version meanwhile.</summary>
    private IdentifierLink? FindByAnyKey(IdentifierHash identifier)
    {
        var link = FindLink(identifier);
        for (var i = 0; link is null && i < identifier.UnderOtherKeys?.Count; i++)
        {
            link = FindLink(identifier.UnderOtherKeys[i]);
        }

        return link;
    }

    private IdentifierLink? FindLink(IdentifierHash identifier) => _links.Find(identifier) is { } link && link.ExpireAt > now ? link : null;

    private bool HasKeyOf(ProfileUpdate update)
    {
        if (update.NewKeys.Count == 0)
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var stored = tables.Keys.FindLive(ProfileKey.Write(buffer, tenant, update.Profile), now);
        return stored is not null && update.NewKeys.Keys.Any(stored.Keys.ContainsKey);
    }

    private void StampIdentifiers(ProfileUpdate update, Control written, Control? before)
    {
        var isMoved = before is null || ExpiryStamps.ForIdentifier(before.ExpireAt) != ExpiryStamps.ForIdentifier(written.ExpireAt);
        foreach (var identifier in isMoved ? written.Identifiers : update.LinkedIdentifiers)
        {
            Link(identifier, update);
        }
    }

    private void Link(IdentifierHash identifier, ProfileUpdate update)
    {
        if (IdentifierLink.After(update, identifier, FindLink(identifier), FindControl) is { } link)
        {
            _links.Put(session, identifier, link);
        }
    }

    private void StampKeys(ProfileUpdate update, Control written, Control? before, ReadOnlySpan<byte> key)
    {
        if (!update.ChangesKeys(written, before))
        {
            return;
        }

        var stored = tables.Keys.Find(key);
        var live = stored is not null && tables.Keys.IsLive(stored, now) ? stored : null;
        if (live is null && update.NewKeys.Count == 0)
        {
            return;
        }

        PutKeys(update.Profile, key, update.MergeKeys(live), stored, written.ExpireAt);
    }

    private void PutKeys(ProfileId profile, ReadOnlySpan<byte> key, IReadOnlyDictionary<RetentionClass, WrappedKey> keys, ProfileKeys? stored, DateTimeOffset expireAt)
    {
        if (keys.Count == 0)
        {
            tables.Keys.Delete(session, key, stored);
            return;
        }

        tables.Keys.Put(session, key, new ProfileKeys { Tenant = tenant, Profile = profile, Keys = keys, ExpireAt = expireAt }, stored);
    }
}
