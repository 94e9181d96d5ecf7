using MongoDB.Bson;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
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
            var now = tables.Engine.Now;
            List<ReceiptLink> found = [];
            foreach (var receipt in receipts)
            {
                // Whatever has expired and is still there counts towards the limit; the server deletes it within a minute or two.
                var links = await tables.Receipts.ListAsync(session: null, DocumentId.Within(DocumentId.OfReceipts(tenant, receipt)), ById, limit, token);
                found.AddRange(links.Where(link => tables.Receipts.IsLive(link, now)));
            }

            return found;
        }, cancellation);

    public Task<IReadOnlyList<InteractionRecord>> ReadAsync(TenantId tenant, InteractionKey interaction, CancellationToken cancellation) =>
        _reader.FindAsync(tenant, interaction, cancellation);
}
