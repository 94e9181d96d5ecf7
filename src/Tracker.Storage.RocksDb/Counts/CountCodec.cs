using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Counts;

internal sealed class CountCodec : DocumentCodec<CountRecord>
{
    public override DateTimeOffset? ExpireAt(CountRecord document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, CountRecord document)
    {
        writer.Text(document.Tenant.Value);
        writer.Interaction(document.Key);
        writer.Text(document.Source.Value);
        writer.Text(document.Metric);
        writer.NullableText(document.StoreId);
        writer.Byte((byte)document.Channel);
        writer.Time(document.StartedAt);
        writer.Time(document.EndedAt);
        writer.Number(document.Value);
    }

    protected override CountRecord ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        ExpireAt = expireAt!.Value,
        Tenant = new TenantId(reader.Text()),
        Key = reader.Interaction(),
        Source = new SourceId(reader.Text()),
        Metric = reader.Text(),
        StoreId = reader.NullableText(),
        Channel = (Channel)reader.Byte(),
        StartedAt = reader.Time(),
        EndedAt = reader.Time(),
        Value = reader.Number(),
    };
}
