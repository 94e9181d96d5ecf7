namespace Tracker.Core.Consents;

/// <summary>
/// What one write to a ledger changes of the notices it refers to: a notice is kept for as long as anything in a ledger
/// refers to it, and no longer.
/// </summary>
public sealed class NoticeUses
{
    private readonly Dictionary<(string Id, string Version), NoticeUse> _changes = [];

    public IReadOnlyDictionary<(string Id, string Version), NoticeUse> Changes => _changes;

    /// <param name="replaced">The entry as it is stored; null: it is new.</param>
    public void Note(ConsentEntry entry, ConsentEntry? replaced)
    {
        if (entry is not { NoticeId: { } id, NoticeVersion: { } version })
        {
            return;
        }

        var endless = (entry.ExpireAt is null ? 1 : 0) - (replaced is { ExpireAt: null } ? 1 : 0);
        var change = new NoticeUse(endless, entry.ExpireAt ?? DateTimeOffset.MinValue);
        _changes[(id, version)] = _changes.GetValueOrDefault((id, version), NoticeUse.None).With(change);
    }
}
