using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Consents;

internal sealed class ConsentRequestCodec : DocumentCodec<ConsentRequest>
{
    public override DateTimeOffset? ExpireAt(ConsentRequest document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, ConsentRequest document)
    {
        writer.Guid(document.Profile.Value);
        writer.Number(document.Sequence);
        writer.Number(document.ConsentEpoch);
    }

    protected override ConsentRequest ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) =>
        new(new ProfileId(reader.Guid()), reader.Number(), reader.Number(), expireAt!.Value);
}
