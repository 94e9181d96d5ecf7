using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Policies;

internal sealed class PolicyVersionCodec : DocumentCodec<PolicyVersion>
{
    public override DateTimeOffset? ExpireAt(PolicyVersion document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, PolicyVersion document)
    {
        writer.Text(document.Tenant.Value);
        writer.Text(document.Version);
        writer.Bytes(document.Sha256.Span);
        writer.Bytes(document.Document.Span);
        writer.Time(document.FirstUsedAt);
        writer.Times(document.ResumedAt);
    }

    protected override PolicyVersion ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) =>
        new(new TenantId(reader.Text()), reader.Text(), reader.Bytes(), reader.Bytes(), reader.Time(), expireAt!.Value)
        {
            ResumedAt = reader.IsAtEnd ? [] : reader.Times(),
        };
}
