using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Records;

/// <summary>The records of one interaction, and under which keys they are stored.</summary>
internal sealed class StoredInteraction
{
    private readonly RecordCodec _codec;
    private readonly SortedDictionary<RetentionClass, InteractionRecord> _records = [];
    private readonly HashSet<BsonValue> _storedIds = [];
    private readonly ClassEnds _ends = new();

    /// <summary>One that is not stored yet.</summary>
    public StoredInteraction(RecordCodec codec, IReadOnlyList<InteractionRecord> records, BatchId batch)
    {
        _codec = codec;
        Batch = batch;
        foreach (var record in records)
        {
            Set(record);
        }
    }

    /// <summary>One that is.</summary>
    public StoredInteraction(RecordCodec codec, IEnumerable<BsonDocument> documents)
    {
        _codec = codec;
        foreach (var document in documents)
        {
            var id = document["_id"];
            _storedIds.Add(id);
            var record = codec.Read(document);
            _records[record.Class] = record;
            if (RecordId.IsHead(id))
            {
                _ends = ClassEnds.Read(document);
                Batch = InteractionHead.BatchOf(document);
            }
        }
    }

    public IReadOnlyDictionary<RetentionClass, InteractionRecord> Records => _records;

    /// <summary>The micro-batch that wrote it first.</summary>
    public BatchId Batch { get; }

    public bool IsEmpty => _records.Count == 0;

    /// <summary>Any of them: time and class set are those of the first write.</summary>
    public InteractionRecord First => _records.First().Value;

    public void Set(InteractionRecord record)
    {
        _records[record.Class] = record;
        _ends.Set(record.Class, record.ExpireAt);
    }

    /// <summary>A class that is deleted has ended now, so that no repeat brings it back.</summary>
    public void Remove(RetentionClass member, DateTimeOffset now)
    {
        _records.Remove(member);
        _ends.Set(member, now);
    }

    /// <returns>Classes that an interrupted write left out.</returns>
    public RetentionClasses Missing(DateTimeOffset now) => RetentionClasses.Of(
        First.Classes.Members().Where(member => !_records.ContainsKey(member) && _ends.IsExpected(member, now)));

    /// <param name="holds">Legal holds on the profile.</param>
    /// <returns>The documents, the head first.</returns>
    public List<WrittenDocument> Documents(IReadOnlyList<ProfileHold> holds)
    {
        var head = _records.Values.MaxBy(record => EndOf(record, holds));
        List<WrittenDocument> documents = [];
        foreach (var record in _records.Values)
        {
            var isHead = ReferenceEquals(record, head);
            var id = isHead ? RecordId.OfHead(record.Key) : RecordId.Of(record.Key, record.Class);
            var document = _codec.Write(id, record, ProfileHold.On(record.Class, holds), isHead ? written => WriteHead(written, record) : null);
            documents.Insert(isHead ? 0 : documents.Count, document);
        }

        return documents;
    }

    /// <returns>Keys that are occupied and that <paramref name="documents"/> do not name any more.</returns>
    public IEnumerable<BsonValue> LeftOver(IEnumerable<WrittenDocument> documents) =>
        _storedIds.Except(documents.Select(document => document.Id));

    private void WriteHead(DocumentWriter written, InteractionRecord record)
    {
        if (record.Batch != Batch)
        {
            written.Id(RecordFields.WrittenBy, Batch.Value);
        }

        if (record.Classes.Count > 1)
        {
            _ends.WriteTo(written);
        }
    }

    private static DateTimeOffset EndOf(InteractionRecord record, IReadOnlyList<ProfileHold> holds) =>
        ProfileHold.On(record.Class, holds).Count > 0 ? StoredTime.NoEnd : Holding.Later(DateTimeOffset.MinValue, record.ExpireAt);
}
