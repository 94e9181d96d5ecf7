using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Retention;

namespace Tracker.Storage.RocksDb.Documents;

/// <summary>One part of the store with the documents in it. Whatever is put here has an end, and an alarm for it.</summary>
/// <param name="kind">Under which kind its alarms are set; null for documents that go with another one.</param>
internal sealed class DocumentTable<T>(StoreEngine engine, StorePart part, DocumentCodec<T> codec, ExpiredKind? kind)
    where T : class
{
    public DocumentCodec<T> Codec => codec;

    /// <returns>The document, expired or not.</returns>
    public T? Find(ReadOnlySpan<byte> key) => engine.Find(part, key, codec);

    public T? FindLive(ReadOnlySpan<byte> key, DateTimeOffset now) =>
        Find(key) is { } document && IsLive(document, now) ? document : null;

    /// <returns>For each profile, in order, its document of this part; null where there is none or it has expired.</returns>
    public IReadOnlyList<T?> FindLive(TenantId tenant, IReadOnlyList<ProfileId> profiles, DateTimeOffset now) =>
        FindLive(profiles, (buffer, profile) => ProfileKey.Write(buffer, tenant, profile), now);

    /// <returns>For each, in order, the document, expired or not; null where there is none.</returns>
    public T?[] FindAll<TItem>(IReadOnlyList<TItem> items, KeyWriter<TItem> write) => engine.FindAll(part, items, write, codec);

    /// <returns>For each, in order, the document; null where there is none or it has expired.</returns>
    public IReadOnlyList<T?> FindLive<TItem>(IReadOnlyList<TItem> items, KeyWriter<TItem> write, DateTimeOffset now)
    {
        var found = FindAll(items, write);
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = found[i] is { } document && IsLive(document, now) ? document : null;
        }

        return found;
    }

    public bool IsLive(T document, DateTimeOffset now) => !(codec.ExpireAt(document) <= now);

    public KeyRange Range(ReadOnlySpan<byte> prefix) => engine.Range(part, prefix);

    /// <param name="replaced">What is stored under the key now, expired or not; null if nothing is.</param>
    public void Put(WriteSession session, ReadOnlySpan<byte> key, T document, T? replaced)
    {
        session.Put(part, key, codec.Write(session.Document, document));
        MoveAlarm(session, key, replaced, codec.ExpireAt(document));
    }

    /// <param name="deleted">What is stored under the key, so that its alarm goes with it; null: the sweeper answers it.</param>
    public void Delete(WriteSession session, ReadOnlySpan<byte> key, T? deleted = null)
    {
        session.Delete(part, key);
        MoveAlarm(session, key, deleted, end: null);
    }

    /// <summary>
    /// An alarm that is early costs a look, so an end that moves later keeps the alarm it has. One that would ring after the
    /// end goes: it names a document that is gone by then.
    /// </summary>
    private void MoveAlarm(WriteSession session, ReadOnlySpan<byte> key, T? replaced, DateTimeOffset? end)
    {
        if (kind is not { } alarmKind)
        {
            return;
        }

        var before = replaced is null ? null : codec.ExpireAt(replaced);
        if (before is { } later && !(later <= end))
        {
            Alarm.Clear(session, later, alarmKind, key);
        }

        if (end is { } at && !(before <= at) && !Holding.IsOpen(at))
        {
            Alarm.Set(session, at, alarmKind, key);
        }
    }
}
