using Tracker.Core.Consents;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Consents;

internal sealed class NoticeUseCodec : DocumentCodec<NoticeUse>
{
    public override DateTimeOffset? ExpireAt(NoticeUse document) => document.Until;

    protected override void WriteFields(DocumentWriter writer, NoticeUse document) => writer.Number(document.Endless);

    protected override NoticeUse ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) => new(reader.Number(), expireAt!.Value);
}
