using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class ContractLinkCodec : DocumentCodec<ContractLink>
{
    public override DateTimeOffset? ExpireAt(ContractLink document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, ContractLink document)
    {
        written.Hash("reference", document.Reference);
        written.Id("profile", document.Profile.Value);
        written.Time("started_at", document.StartedAt);
        written.Time("ended_at", document.EndedAt);
        written.Time("order_ended_at", document.OrderEndedAt);
    }

    protected override ContractLink ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new(
        DocumentId.TenantOf(document["_id"].AsString),
        document.Hash("reference"),
        new ProfileId(document.Guid("profile")),
        expireAt!.Value)
    {
        StartedAt = document.NullableTime("started_at"),
        EndedAt = document.NullableTime("ended_at"),
        OrderEndedAt = document.NullableTime("order_ended_at"),
    };
}
