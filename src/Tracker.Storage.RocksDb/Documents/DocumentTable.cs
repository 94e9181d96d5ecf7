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
    public IReadOnlyList<T?> FindLive(TenantId tenant, IReadOnlyList<ProfileId> profiles, DateTimeOffset now)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var found = new T?[profiles.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = FindLive(ProfileKey.Write(buffer, tenant, profiles[i]), now);
        }

        return found;
    }

    public bool IsLive(T document, DateTimeOffset now) => !(codec.ExpireAt(document) <= now);

    public KeyRange Range(ReadOnlySpan<byte> prefix) => engine.Range(part, prefix);

    /// <param name="replaced">What is stored under the key now, expired or not; null if nothing is.</param>
    public void Put(WriteSession session, ReadOnlySpan<byte> key, T document, T? replaced)
    {
        session.Put(part, key, codec.Write(session.Document, document));
        if (kind is { } alarmKind && codec.ExpireAt(document) is { } expireAt && !HasAlarmBefore(replaced, expireAt))
        {
            Alarm.Set(session, expireAt, alarmKind, key);
        }
    }

    public void Delete(WriteSession session, ReadOnlySpan<byte> key) => session.Delete(part, key);

    // An alarm that is early costs a look; so an end that moves later keeps the alarm it has.
    private bool HasAlarmBefore(T? replaced, DateTimeOffset expireAt) =>
        replaced is not null && codec.ExpireAt(replaced) <= expireAt;
}
