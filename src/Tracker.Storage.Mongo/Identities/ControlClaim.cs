using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

internal static class ControlClaim
{
    /// <summary>Of several people who are one.</summary>
    /// <param name="profiles">All that the transaction writes, which are claimed in the order of their ids: two that meet wait for each other in one order.</param>
    public static async Task TakeAsync(StoreTables tables, WriteSession session, TenantId tenant, IEnumerable<ProfileId> profiles, CancellationToken cancellation)
    {
        foreach (var profile in profiles.Order())
        {
            await TakeAsync(tables, session, DocumentId.Of(tenant, profile), cancellation);
        }
    }

    /// <summary>
    /// Writes the control document before anything else of the transaction is read. What reads much before it writes would
    /// otherwise be overtaken by every interaction of the same person in between, and a withdrawal would wait for as long as
    /// enough of them arrive. A profile that is new has none yet.
    /// </summary>
    public static Task TakeAsync(StoreTables tables, WriteSession session, string owner, CancellationToken cancellation)
    {
        var turn = new BsonDocument("$set", new BsonDocument(ControlCodec.Turn, Fields.Id(Guid.CreateVersion7())));
        return tables.Controls.Collection.UpdateOneAsync(session.Handle, new BsonDocument("_id", owner), turn, options: null, cancellation);
    }
}
