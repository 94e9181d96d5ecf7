using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Identities;

internal sealed class IdentifierLinkCodec : DocumentCodec<IdentifierLink>
{
    public override DateTimeOffset? ExpireAt(IdentifierLink document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, IdentifierLink document)
    {
        writer.Guid(document.Profile.Value);
        foreach (var earlier in document.Earlier)
        {
            writer.Guid(earlier.Value);
        }
    }

    protected override IdentifierLink ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var profile = new ProfileId(reader.Guid());
        List<ProfileId> earlier = [];
        while (!reader.IsAtEnd)
        {
            earlier.Add(new(reader.Guid()));
        }

        return new(profile, expireAt!.Value, earlier);
    }
}
