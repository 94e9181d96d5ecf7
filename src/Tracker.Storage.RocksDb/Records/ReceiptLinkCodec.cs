using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Records;

internal sealed class ReceiptLinkCodec : DocumentCodec<ReceiptLink>
{
    public override DateTimeOffset? ExpireAt(ReceiptLink document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, ReceiptLink document)
    {
        writer.Text(document.Tenant.Value);
        writer.Identifier(document.Receipt);
        writer.Interaction(document.Interaction);
    }

    protected override ReceiptLink ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) =>
        new(new TenantId(reader.Text()), reader.Identifier(), reader.Interaction(), expireAt!.Value);
}
