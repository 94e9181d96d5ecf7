using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Retention;

/// <summary>
/// When each order of a profile was over, from the records of its delivery, cancellation or return. The earliest counts,
/// so that it does not matter in which order they arrive.
/// </summary>
public sealed class ContractEnds(Policy policy)
{
    private readonly Dictionary<UInt128, DateTimeOffset> _ends = [];

    public void Note(InteractionRecord record)
    {
        if (record.OrderReference is { } order
            && RecordAnchors.EndsContract(record, policy)
            && !(_ends.TryGetValue(order, out var known) && known <= record.OccurredAt))
        {
            _ends[order] = record.OccurredAt;
        }
    }

    public DateTimeOffset? Of(InteractionRecord record) =>
        record.OrderReference is { } order && _ends.TryGetValue(order, out var end) ? end : null;
}
