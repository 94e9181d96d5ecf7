using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

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
        foreach (var (interaction, numbers) in receipts)
        {
            await RestampAsync(interaction, numbers, LatestEnd.Of(interactions[interaction].Records.Values.Select(record => record.ExpireAt), DateTimeOffset.MinValue), cancellation);
        }
    }

    /// <summary>A number leads to a sale for as long as anything is left of it.</summary>
    private async Task RestampAsync(InteractionKey interaction, List<IdentifierHash> numbers, DateTimeOffset end, CancellationToken cancellation)
    {
        foreach (var number in numbers)
        {
            var id = DocumentId.OfReceipt(revision.Tenant, number, interaction);
            if (end == DateTimeOffset.MinValue)
            {
                tables.Receipts.Delete(session, id);
            }
            else if (await tables.Receipts.FindAsync(session, id, cancellation) is { } link)
            {
                tables.Receipts.Put(session, id, link with { ExpireAt = end });
            }
        }
    }
}
