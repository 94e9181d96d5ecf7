using MongoDB.Bson;
using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

/// <summary>What the head of an interaction tells of it without its content.</summary>
internal sealed record InteractionHead(InteractionKey Key, string Owner, RetentionClasses Classes, BatchId Batch, DateTimeOffset? ExpireAt, bool IsSaved)
{
    public static readonly BsonDocument Projection = new()
    {
        { RecordFields.Owner, 1 },
        { RecordFields.Classes, 1 },
        { RecordFields.Batch, 1 },
        { RecordFields.WrittenBy, 1 },
        { StoredEnd.ExpireAt, 1 },
        { StoredEnd.OwnEnd, 1 },
    };

    public TenantId Tenant => DocumentId.TenantOf(Owner);

    /// <summary>Written without a transaction, and not with one document.</summary>
    public bool MayBeHalf => DocumentId.ProfileOf(Owner).IsNone && Classes.Count > 1;

    public static InteractionHead Read(BsonDocument document) => new(
        RecordId.InteractionOf(document["_id"]),
        document.Text(RecordFields.Owner),
        new RetentionClasses((ushort)document.Number(RecordFields.Classes)),
        BatchOf(document),
        StoredEnd.Read(document),
        StoredEnd.IsSaved(document));

    /// <returns>The micro-batch that wrote the interaction.</returns>
    public static BatchId BatchOf(BsonDocument head) =>
        new(head.Guid(head.Contains(RecordFields.WrittenBy) ? RecordFields.WrittenBy : RecordFields.Batch));

    public bool IsLive(DateTimeOffset now) => StoredEnd.IsLiving(ExpireAt, now);

    /// <summary>As it was read, or somebody else was faster.</summary>
    public static InteractionStanding StandingOf(InteractionHead? head, MicroBatch batch, AnonymousSale sale, DateTimeOffset now)
    {
        var isThere = head is not null && head.Tenant == batch.Tenant && DocumentId.ProfileOf(head.Owner).IsNone && head.Batch == sale.Batch && head.IsLive(now);
        return isThere ? InteractionStanding.Fresh
            : StandingOf(head, batch, now) == InteractionStanding.Own ? InteractionStanding.Own
            : InteractionStanding.Duplicate;
    }

    /// <summary>What a hold has saved is left as it is, also past its own end.</summary>
    public static InteractionStanding StandingOf(InteractionHead? head, MicroBatch batch, DateTimeOffset now)
    {
        if (head is null || !(head.IsLive(now) || head.IsSaved))
        {
            return InteractionStanding.Fresh;
        }

        WriteRules.CheckOwner(batch.Tenant, head.Tenant);
        return head.Batch == batch.Id ? InteractionStanding.Own : InteractionStanding.Duplicate;
    }
}
