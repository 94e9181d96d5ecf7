using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Profiles;

namespace Tracker.Storage.RocksDb.Records;

internal sealed class ReceiptStore(StoreTables tables) : IReceiptStore
{
    private readonly ProfileReader _reader = new(tables);

    public Task<IReadOnlyList<ReceiptLink>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> receipts, int limit, CancellationToken cancellation)
    {
        var now = tables.Engine.Now;
        return Task.FromResult<IReadOnlyList<ReceiptLink>>([.. receipts.SelectMany(receipt => Find(tenant, receipt, now).Take(limit))]);
    }

    public Task<IReadOnlyList<InteractionRecord>> ReadAsync(TenantId tenant, InteractionKey interaction, CancellationToken cancellation) =>
        _reader.FindAsync(tenant, interaction, cancellation);

    private IEnumerable<ReceiptLink> Find(TenantId tenant, IdentifierHash receipt, DateTimeOffset now)
    {
        using var range = tables.Receipts.Range(ReceiptKey.WritePrefix(stackalloc byte[KeyBuilder.MaxSize], tenant, receipt));
        for (; range.IsAtKey; range.Next())
        {
            var link = tables.Receipts.Codec.Deserialize(range.Value);
            if (tables.Receipts.IsLive(link, now))
            {
                yield return link;
            }
        }
    }
}
