using MongoDB.Bson;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Profiles;

namespace Tracker.Storage.Mongo.Records;

internal sealed class ReceiptStore(StoreTables tables) : IReceiptStore
{
    private static readonly BsonDocument ById = new("_id", 1);

    private readonly ProfileReader _reader = new(tables);

    public Task<IReadOnlyList<ReceiptLink>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> receipts, int limit, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<ReceiptLink>>(async token =>
        {
            List<ReceiptLink> found = [];
            foreach (var receipt in receipts)
            {
                // The server deletes what has expired within a minute or two; until then it takes no place of what lives.
                var living = DocumentId.Within(DocumentId.OfReceipts(tenant, receipt)).AddRange(StoredEnd.Living(tables.Engine.Now));
                found.AddRange(await tables.Receipts.ListAsync(session: null, living, ById, limit, token));
            }

            return found;
        }, cancellation);

    public Task<IReadOnlyList<InteractionRecord>> ReadAsync(TenantId tenant, InteractionKey interaction, CancellationToken cancellation) =>
        _reader.FindAsync(tenant, interaction, cancellation);
}
