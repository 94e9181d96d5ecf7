using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>Writes control, identifiers and keys of the profiles of one session.</summary>
internal sealed class ProfileWriter(StoreTables tables, WriteSession session, TenantId tenant, DateTimeOffset now)
{
    // What this session has linked is not readable yet, and must not be linked a second time.
    private readonly Dictionary<IdentifierHash, ProfileId> _linked = [];
    private readonly ContractLinks _contracts = new(tables, tenant, now);

    public Control? FindControl(ProfileId profile)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        return tables.Controls.FindLive(ProfileKey.Write(buffer, tenant, profile), now);
    }

    /// <summary>Whether what the update was prepared on is no longer so.</summary>
    public bool IsStale(ProfileUpdate update, Control? control) =>
        update.IsOvertaken(control) || LeadsElsewhere(update) || HasContractOfAnother(update) || HasKeyOf(update);

    /// <returns>The control as it is now.</returns>
    public Control Apply(ProfileUpdate update, Control? control, DateTimeOffset until)
    {
        var written = update.Merge(tenant, control, until);
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ProfileKey.Write(buffer, tenant, update.Profile);
        tables.Controls.Put(session, key, written, control ?? tables.Controls.Find(key));
        StampIdentifiers(update, written, control);
        StampKeys(update, written, control, key);
        foreach (var contract in update.Contracts)
        {
            _contracts.Put(session, contract);
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
            if (FindProfile(identifier) is { } profile && update.IsElsewhere(identifier, profile))
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
            if (_contracts.Find(contract.Reference) is { } link && link.Profile != update.Profile)
            {
                return true;
            }
        }

        return false;
    }

    private ProfileId? FindProfile(IdentifierHash identifier)
    {
        if (_linked.TryGetValue(identifier, out var profile))
        {
            return profile;
        }

        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        return tables.Identifiers.FindLive(IdentifierKey.Write(buffer, tenant, identifier), now)?.Profile;
    }

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
        var stamp = ExpiryStamps.ForIdentifier(written.ExpireAt);
        var isMoved = before is null || ExpiryStamps.ForIdentifier(before.ExpireAt) != stamp;
        foreach (var identifier in isMoved ? written.Identifiers : update.LinkedIdentifiers)
        {
            Link(identifier, written.Profile, stamp, update);
        }
    }

    private void Link(IdentifierHash identifier, ProfileId profile, DateTimeOffset stamp, ProfileUpdate update)
    {
        // It leads to somebody new who took it, or because it ended up to an hour before its control.
        if (FindProfile(identifier) is { } other && other != profile && !update.TakenIdentifiers.ContainsKey(identifier))
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = IdentifierKey.Write(buffer, tenant, identifier);
        var stored = tables.Identifiers.Find(key);
        tables.Identifiers.Put(session, key, IdentifierLink.To(profile, stamp, stored is not null && tables.Identifiers.IsLive(stored, now) ? stored : null), stored);
        if (stamp > now)
        {
            _linked[identifier] = profile;
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
