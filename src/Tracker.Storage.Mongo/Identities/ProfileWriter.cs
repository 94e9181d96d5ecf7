using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

/// <summary>Writes control, identifiers, keys, contracts and errands of the profiles of one transaction.</summary>
internal sealed class ProfileWriter(StoreTables tables, WriteSession session, ProfileDocuments documents)
{
    private readonly DateTimeOffset _now = tables.Engine.Now;

    /// <summary>Whether what the update was prepared on is no longer so.</summary>
    public bool IsStale(ProfileUpdate update, Control? control) =>
        update.IsOvertaken(control) || LeadsElsewhere(update) || HasContractOfAnother(update) || HasKeyOf(update);

    /// <returns>The identifiers whose links have to be known before the update is applied.</returns>
    public static IEnumerable<IdentifierHash> TouchedIdentifiers(ProfileUpdate update, Control? control, DateTimeOffset until)
    {
        var moves = control is not null && (update.MayEndEarlier || update.Holds is not null || ExpiryStamps.ForIdentifier(until) > ExpiryStamps.ForIdentifier(control.ExpireAt));
        var linked = update.LinkedIdentifiers.Concat(update.LinkedUnderOtherKeys);
        return moves ? control!.Identifiers.Concat(linked) : linked;
    }

    public IEnumerable<Errand> ErrandsOf(ProfileUpdate update) => update.Reviews.Select(dueAt => Errand.Of(documents.Tenant, update, dueAt, _now));

    /// <returns>The control as it is now.</returns>
    public Control Apply(ProfileUpdate prepared, Control? control, DateTimeOffset until)
    {
        var update = prepared.UnderEveryKey(identifier => documents.FindLink(identifier) is not null);
        var written = update.Merge(documents.Tenant, control, until);
        var id = DocumentId.Of(documents.Tenant, update.Profile);
        tables.Controls.Put(session, id, written);
        documents.Set(written);
        StampIdentifiers(update, written, control);
        StampKeys(update, written, control, id);
        foreach (var contract in update.Contracts)
        {
            Link(contract);
        }

        foreach (var errand in ErrandsOf(update).Where(errand => !documents.Has(errand)))
        {
            tables.Errands.Add(session, errand);
        }

        foreach (var member in update.Members)
        {
            TellMember(update, member);
        }

        return written;
    }

    /// <summary>Its control was read; one that has expired has nothing left to decide.</summary>
    private void TellMember(ProfileUpdate update, ProfileId member)
    {
        if (documents.FindControl(member) is { } control)
        {
            Apply(update.ForMember(control), control, control.ExpireAt);
        }
    }

    private bool LeadsElsewhere(ProfileUpdate update) => update.LinkedIdentifiers.Any(identifier =>
        FindByAnyKey(identifier) is { } link && documents.FindControl(link.Profile) is not null && update.IsElsewhere(identifier, link));

    /// <summary>Decided around the hour a key begins, it may have been linked under another version meanwhile.</summary>
    private IdentifierLink? FindByAnyKey(IdentifierHash identifier) => identifier.UnderAnyKey().Select(documents.FindLink).FirstOrDefault(link => link is not null);

    private bool HasContractOfAnother(ProfileUpdate update) => update.Contracts.Any(contract =>
        documents.FindContract(contract.Reference) is { } link && link.Profile != update.Profile);

    private bool HasKeyOf(ProfileUpdate update) =>
        update.NewKeys.Count > 0 && documents.FindKeys(update.Profile) is { } stored && update.NewKeys.Keys.Any(stored.Keys.ContainsKey);

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
        if (IdentifierLink.After(update, identifier, documents.FindLink(identifier), documents.FindControl) is not { } link)
        {
            return;
        }

        tables.Identifiers.Put(session, DocumentId.Of(documents.Tenant, identifier), link);
        if (link.ExpireAt > _now)
        {
            documents.Set(identifier, link);
        }
    }

    private void Link(ContractLink link)
    {
        if (link.Tenant != documents.Tenant)
        {
            throw new InvalidOperationException("A contract is linked within its own tenant only.");
        }

        var written = documents.FindContract(link.Reference)?.Merge(link) ?? link;
        tables.Contracts.Put(session, DocumentId.Of(documents.Tenant, link.Reference), written);
        documents.Set(written);
    }

    private void StampKeys(ProfileUpdate update, Control written, Control? before, string id)
    {
        if (!update.ChangesKeys(written, before))
        {
            return;
        }

        var stored = documents.FindKeys(update.Profile);
        if (stored is null && update.NewKeys.Count == 0)
        {
            return;
        }

        var keys = update.MergeKeys(stored);
        if (keys.Count == 0)
        {
            tables.Keys.Delete(session, id);
            return;
        }

        tables.Keys.Put(session, id, new ProfileKeys { Tenant = documents.Tenant, Profile = update.Profile, Keys = keys, ExpireAt = written.ExpireAt });
    }
}
