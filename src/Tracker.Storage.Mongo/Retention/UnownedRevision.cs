using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Records;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>
/// What a review has found of records of nobody on its way into the store, in one transaction with the links of their receipt numbers, which must end with
/// them. Whoever claims one of them meanwhile meets it, and one of the two begins again.
/// </summary>
internal sealed class UnownedRevision(StoreTables tables, WriteSession session, ProfileRevision revision)
{
    public async Task GatherAsync(CancellationToken cancellation)
    {
        InteractionKey[] touched = [.. revision.Rewritten.Select(record => record.Key).Concat(revision.Deleted.Select(address => address.Key)).Distinct()];
        var interactions = await tables.Records.FindAllAsync(session, touched, cancellation);
        // Somebody's by now.
        foreach (var claimed in interactions.Where(interaction => !interaction.Value.First.Profile.IsNone).Select(interaction => interaction.Key).ToList())
        {
            interactions.Remove(claimed);
        }

        var receipts = interactions.ToDictionary(
            interaction => interaction.Key,
            interaction => interaction.Value.Records.Values.SelectMany(record => record.Identifiers).Where(identifier => identifier.Kind == IdentifierKind.Receipt).Distinct().ToList());
        var records = new ProfileRecords(tables, interactions, tables.Engine.Now);
        records.Revise(revision);
        records.Write(session, holds: []);
        await RestampAsync(receipts, interactions, cancellation);
        var known = await tables.Errands.FindAsync(session, [.. revision.Next], cancellation);
        foreach (var errand in revision.Next.Where(known.Add))
        {
            tables.Errands.Add(session, errand);
        }
    }

    /// <summary>A number leads to a sale for as long as anything is left of it.</summary>
    private async Task RestampAsync(
        Dictionary<InteractionKey, List<IdentifierHash>> receipts,
        Dictionary<InteractionKey, StoredInteraction> interactions,
        CancellationToken cancellation)
    {
        BsonValue[] ids = [.. receipts.SelectMany(sale => sale.Value.Select(number => (BsonValue)DocumentId.OfReceipt(revision.Tenant, number, sale.Key)))];
        if (ids.Length == 0)
        {
            return;
        }

        foreach (var (id, link) in await tables.Receipts.FindLiveAsync(session, ids, cancellation))
        {
            var left = interactions[link.Interaction];
            if (left.IsEmpty)
            {
                tables.Receipts.Delete(session, id);
            }
            else
            {
                tables.Receipts.Put(session, id, link with { ExpireAt = LatestEnd.Of(left.Records.Values.Select(record => record.ExpireAt), DateTimeOffset.MinValue) });
            }
        }
    }
}
