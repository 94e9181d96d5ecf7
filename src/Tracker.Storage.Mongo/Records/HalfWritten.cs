using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

/// <summary>Completes an interaction of which an interrupted write left some classes out.</summary>
internal sealed class HalfWritten(StoreTables tables, WriteSession session)
{
    /// <param name="change">Of the profile of the write; null for one without a person.</param>
    /// <param name="holds">Legal holds on that profile.</param>
    /// <returns>The latest end of the interaction; null: nothing was missing.</returns>
    public async Task<DateTimeOffset?> CompleteAsync(InteractionWrite write, ProfileChange? change, IReadOnlyList<ProfileHold> holds, CancellationToken cancellation)
    {
        var stored = await tables.Records.FindAsync(session, write.Key, cancellation);

        // One that is filed under another profile could not be reached.
        if (stored is null || stored.First.Profile != write.Profile)
        {
            return null;
        }

        var missing = stored.Missing(tables.Engine.Now);

        // A payload whose key is only offered together with it could not be opened: this change is not applied.
        var added = write.Records.Where(record => missing.Contains(record.Class) && change?.NewKeys.ContainsKey(record.Class) != true).ToList();
        foreach (var record in added)
        {
            // Records of an interaction stay neighbours, under the class set of the first write.
            stored.Set(record with { OccurredAt = stored.First.OccurredAt, Classes = stored.First.Classes, Batch = stored.Batch });
        }

        if (added.Count == 0)
        {
            return null;
        }

        tables.Records.Put(session, stored, holds);
        return stored.Records.Values.Aggregate(DateTimeOffset.MinValue, (end, record) => Holding.Later(end, record.ExpireAt));
    }
}
