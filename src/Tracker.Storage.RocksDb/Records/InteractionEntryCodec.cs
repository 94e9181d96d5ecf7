using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Records;

internal sealed class InteractionEntryCodec : DocumentCodec<InteractionEntry>
{
    public override DateTimeOffset? ExpireAt(InteractionEntry document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, InteractionEntry document)
    {
        writer.Interaction(document.Key);
        writer.Text(document.Tenant.Value);
        writer.Guid(document.Profile.Value);
        writer.Time(document.OccurredAt);
        writer.Short(document.Present.Bits);
        writer.Short(document.Expected.Bits);
        writer.Guid(document.Batch.Value);
    }

    protected override InteractionEntry ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        Key = reader.Interaction(),
        Tenant = new TenantId(reader.Text()),
        Profile = new ProfileId(reader.Guid()),
        OccurredAt = reader.Time(),
        Present = new RetentionClasses(reader.Short()),
        Expected = new RetentionClasses(reader.Short()),
        Batch = new BatchId(reader.Guid()),
        ExpireAt = expireAt!.Value,
    };
}
