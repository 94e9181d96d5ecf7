using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Retention;

internal sealed class RolloutCodec : DocumentCodec<Rollout>
{
    public override DateTimeOffset? ExpireAt(Rollout document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, Rollout document)
    {
        writer.Text(document.Tenant.Value);
        writer.Bytes(document.PolicySha256.Span);
        writer.Time(document.StartedAt);
        writer.Flag(document.After.HasValue);
        if (document.After is { } after)
        {
            writer.Guid(after.Value);
        }

        writer.Time(document.FinishedAt);
        writer.Time(document.NextAt);
        writer.Time(document.ProductsDecidedBefore);
        writer.Number(document.Version);
        writer.Flag(document.HasVisitedProfiles);
        writer.Flag(document.AfterUnowned.HasValue);
        if (document.AfterUnowned is { } record)
        {
            writer.Time(record.OccurredAt);
            writer.Interaction(record.Key);
            writer.Byte((byte)record.Class);
        }
    }

    protected override Rollout ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) => new(
        new TenantId(reader.Text()),
        reader.Bytes(),
        reader.Time(),
        reader.Flag() ? new ProfileId(reader.Guid()) : null,
        reader.NullableTime(),
        expireAt!.Value)
    {
        // What was written before a product could become stricter ends here, what was before there were versions behind it, and what was before records of nobody had their turn behind that.
        NextAt = reader.IsAtEnd ? null : reader.NullableTime(),
        ProductsDecidedBefore = reader.IsAtEnd ? null : reader.NullableTime(),
        Version = reader.IsAtEnd ? 0 : reader.Number(),
        HasVisitedProfiles = !reader.IsAtEnd && reader.Flag(),
        AfterUnowned = !reader.IsAtEnd && reader.Flag() ? new(reader.Time(), reader.Interaction(), (RetentionClass)reader.Byte()) : null,
    };
}
