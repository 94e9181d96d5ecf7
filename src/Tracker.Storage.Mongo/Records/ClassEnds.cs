using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Records;

/// <summary>
/// When each class of an interaction ends, as its head knows it. A record that is not there is either one that the server
/// deleted on time, or one that an interrupted write left out: this tells them apart, so that no repeat brings back what
/// has ended.
/// </summary>
internal sealed class ClassEnds
{
    private readonly SortedDictionary<RetentionClass, DateTimeOffset?> _ends = [];

    public static ClassEnds Read(BsonDocument head)
    {
        var ends = new ClassEnds();
        foreach (var end in head.List(RecordFields.Ends, value => value.AsBsonDocument))
        {
            ends.Set((RetentionClass)end.Number(RecordFields.Class), end.NullableTime("at"));
        }

        return ends;
    }

    /// <param name="end">Null: it has none.</param>
    public void Set(RetentionClass member, DateTimeOffset? end) => _ends[member] = end;

    /// <returns>Whether the class ought to be stored: nobody has said that it ended.</returns>
    public bool IsExpected(RetentionClass member, DateTimeOffset now) =>
        !_ends.TryGetValue(member, out var end) || StoredEnd.IsLiving(end, now);

    public void WriteTo(DocumentWriter head) => head.Documents(RecordFields.Ends, [.. _ends], static (written, end) =>
    {
        written.Add(RecordFields.Class, (int)end.Key);
        written.Time("at", end.Value);
    });
}
