using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>
/// New legal holds on a profile, in one transaction with every document they keep or let go: the server deletes by a
/// document's own <c>expire_at</c> and asks nobody, so from the instant the hold is on the profile none that it keeps may
/// have one.
/// </summary>
internal sealed class HoldWriter(StoreTables tables, WriteSession session, TenantId tenant, ProfileId profile)
{
    private readonly string _owner = DocumentId.Of(tenant, profile);

    /// <returns>False: the epoch has moved, or the profile is gone.</returns>
    public async Task<bool> TryGatherAsync(long expectedEpoch, IReadOnlyList<ProfileHold> holds, bool isRestricted, CancellationToken cancellation)
    {
        var documents = new ProfileDocuments(tables, session, tenant);
        await documents.ReadAsync([profile], cancellation);
        if (documents.FindControl(profile) is not { } control || control.DecisionEpoch != expectedEpoch)
        {
            return false;
        }

        var until = await RewriteAsync(holds, cancellation);
        await documents.ReadAsync(control.Identifiers, cancellation);
        await documents.ReadControlsAsync(control.Members, cancellation);
        var update = ProfileUpdate.OfEnd(control) with { Holds = holds, IsRestricted = isRestricted, RaisesEpoch = true, Members = control.Members, MayEndEarlier = true };
        new ProfileWriter(tables, session, documents).Apply(update, control, until);
        return true;
    }

    /// <returns>The latest end of what is left under the profile; now, if nothing is.</returns>
    private async Task<DateTimeOffset> RewriteAsync(IReadOnlyList<ProfileHold> holds, CancellationToken cancellation)
    {
        var records = await ProfileRecords.ReadAsync(tables, session, _owner, cancellation);
        records.TouchAll();
        records.Write(session, holds);

        var ledger = await ProfileLedger.ReadAsync(tables, session, _owner, cancellation);
        ledger.WriteAll(session, holds);

        var contact = await tables.Contacts.FindAsync(session, _owner, cancellation);
        if (contact is not null)
        {
            tables.Contacts.Put(session, _owner, contact, ProfileHold.On(RetentionClass.Contact, holds));
        }

        var now = tables.Engine.Now;
        var contactEnd = LatestEnd.Of(contact is null ? [] : [contact.ExpireAt], now);
        return new[] { now, records.LatestEnd(), ledger.LatestEnd(), contactEnd }.Max();
    }
}
