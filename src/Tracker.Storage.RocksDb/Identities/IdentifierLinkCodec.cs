using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Identities;

internal sealed class IdentifierLinkCodec : DocumentCodec<IdentifierLink>
{
    public override DateTimeOffset? ExpireAt(IdentifierLink document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, IdentifierLink document) => writer.Guid(document.Profile.Value);

    protected override IdentifierLink ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) =>
        new(new ProfileId(reader.Guid()), expireAt!.Value);
}
