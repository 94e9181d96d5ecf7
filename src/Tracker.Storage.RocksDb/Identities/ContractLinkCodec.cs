using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Identities;

internal sealed class ContractLinkCodec : DocumentCodec<ContractLink>
{
    public override DateTimeOffset? ExpireAt(ContractLink document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, ContractLink document)
    {
        writer.Text(document.Tenant.Value);
        writer.Hash(document.Reference);
        writer.Guid(document.Profile.Value);
        writer.Time(document.StartedAt);
        writer.Time(document.EndedAt);
        writer.Time(document.OrderEndedAt);
    }

    protected override ContractLink ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var link = new ContractLink(new TenantId(reader.Text()), reader.Hash(), new ProfileId(reader.Guid()), expireAt!.Value);
        link = reader.IsAtEnd ? link : link with { StartedAt = reader.NullableTime(), EndedAt = reader.NullableTime() };
        return reader.IsAtEnd ? link : link with { OrderEndedAt = reader.NullableTime() };
    }
}
