using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>
/// When what the records of a profile belong to was over: each order, from the records of its delivery, cancellation or
/// return, and each contract that went on, from those of its end. The earliest counts, so that it does not matter in which
/// order they arrive.
/// </summary>
public sealed class ContractEnds(Policy policy)
{
    private readonly Dictionary<UInt128, DateTimeOffset> _orders = [];
    private readonly Dictionary<UInt128, List<DateTimeOffset>> _contracts = [];

    public void Note(InteractionRecord record)
    {
        if (!RecordAnchors.EndsContract(record, policy))
        {
            return;
        }

        if (record.OrderReference is { } order && !(_orders.TryGetValue(order, out var known) && known <= record.OccurredAt))
        {
            _orders[order] = record.OccurredAt;
        }

        if (policy.Types[record.Type].Fact == FactKind.ContractEnded)
        {
            foreach (var contract in record.ContractReferences)
            {
                NoteContract(contract, record.OccurredAt);
            }
        }
    }

    /// <summary>What belongs to an order ends with that; what belongs to none, with the contract it names.</summary>
    public DateTimeOffset? Of(InteractionRecord record) =>
        record.OrderReference is { } order && _orders.TryGetValue(order, out var end) ? end : EndOfContract(record);

    /// <summary>A number may be taken up again; what comes after an end belongs to what began anew.</summary>
    private DateTimeOffset? EndOfContract(InteractionRecord record) => record.ContractReferences
        .SelectMany(contract => _contracts.GetValueOrDefault(contract, []))
        .Where(end => end >= record.OccurredAt)
        .Select(end => (DateTimeOffset?)end)
        .Min();

    private void NoteContract(UInt128 contract, DateTimeOffset end)
    {
        if (!_contracts.TryGetValue(contract, out var ends))
        {
            _contracts[contract] = ends = [];
        }

        ends.Add(end);
    }
}
