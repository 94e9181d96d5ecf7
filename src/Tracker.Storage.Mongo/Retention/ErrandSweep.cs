using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>An errand about a profile that is gone has nothing left to do.</summary>
internal sealed class ErrandSweep(StoreTables tables)
{
    public async Task<int> DeleteAsync(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var due = await tables.Errands.ReadDueAsync(now, after: null, limit, cancellation);
        var living = await tables.Controls.FindLiveAsync(session: null, [.. due.Select(errand => (BsonValue)ErrandTable.OwnerOf(errand)).Distinct()], cancellation);
        BsonValue[] stray = [.. due.Where(errand => !ErrandTable.IsToDo(errand, living)).Select(errand => errand["_id"])];
        if (stray.Length == 0)
        {
            return 0;
        }

        var deleted = await tables.Errands.Collection.DeleteManyAsync(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(stray))), cancellation);
        return (int)deleted.DeletedCount;
    }
}
