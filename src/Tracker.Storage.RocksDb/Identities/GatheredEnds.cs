using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>
/// New ends of documents of one profile that a session has gathered: a batch cannot be read before it is written. Keys of
/// records, of consents and of the contact differ in length, so one set serves all.
/// </summary>
internal sealed class GatheredEnds
{
    private readonly Dictionary<string, DateTimeOffset> _ends = [];

    /// <summary>Of those that are left.</summary>
    public DateTimeOffset Latest => _ends.Values.DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    public void Set(ReadOnlySpan<byte> key, DateTimeOffset? expireAt) => _ends[Convert.ToHexString(key)] = expireAt ?? StoredTime.NoEnd;

    public void Remove(ReadOnlySpan<byte> key) => _ends[Convert.ToHexString(key)] = DateTimeOffset.MinValue;

    public bool IsRemoved(ReadOnlySpan<byte> key) => Find(key) == DateTimeOffset.MinValue;

    /// <returns>Null: untouched. A removed one has the earliest end there is.</returns>
    public DateTimeOffset? Find(ReadOnlySpan<byte> key) =>
        _ends.Count > 0 && _ends.TryGetValue(Convert.ToHexString(key), out var end) ? end : null;
}
