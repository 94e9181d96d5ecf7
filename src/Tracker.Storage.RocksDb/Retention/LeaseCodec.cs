using Tracker.Core.Retention.Nodes;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Retention;

internal sealed class LeaseCodec : DocumentCodec<Lease>
{
    public override DateTimeOffset? ExpireAt(Lease document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, Lease document)
    {
        writer.Byte((byte)document.Work);
        writer.NullableText(document.Holder);
        writer.Number(document.Fence);
        writer.Time(document.Until);
    }

    protected override Lease ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) =>
        new((BackgroundWork)reader.Byte(), reader.NullableText(), reader.Number(), reader.Time());
}
