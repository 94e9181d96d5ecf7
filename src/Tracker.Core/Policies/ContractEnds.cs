using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>
/// When what the records of a profile belong to was over: each order, from the records of its delivery, cancellation or
/// return, and each contract that went on, from those of its end; and as far as the links of the numbers remember it. The
/// earliest counts, so that it does not matter in which order they arrive.
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

        if (record.OrderReference is { } order)
        {
            NoteOrder(order, record.OccurredAt);
        }

        if (policy.Types[record.Type].Fact == FactKind.ContractEnded)
        {
            foreach (var contract in record.ContractReferences)
            {
                NoteContract(contract, record.OccurredAt);
            }
        }
    }

    /// <param name="of">Whose records; the number of somebody else ends none of them (E39).</param>
    public void Note(IEnumerable<ContractLink?> links, ProfileId of)
    {
        foreach (var link in links.OfType<ContractLink>().Where(link => link.Profile == of))
        {
            if (link.OrderEndedAt is { } orderEnd)
            {
                NoteOrder(link.Reference, orderEnd);
            }

            if (link.EndedAt is { } end)
            {
                NoteContract(link.Reference, end);
            }
        }
    }

    public DateTimeOffset? Of(InteractionRecord record) => Of(record.OrderReference, record.ContractReferences, record.OccurredAt);

    /// <summary>What belongs to an order ends with that; what belongs to none, with the contract it names.</summary>
    /// <returns>Null: not known.</returns>
    public DateTimeOffset? Of(UInt128? order, IEnumerable<UInt128> contracts, DateTimeOffset occurredAt) =>
        order is { } number && _orders.TryGetValue(number, out var end) ? end : EndOfContract(contracts, occurredAt);

    /// <summary>What one number says of what was given under it.</summary>
    public DateTimeOffset? Of(NamedContract named, DateTimeOffset givenAt) => named.Kind == NamedContract.Order
        ? Of(named.Reference, [], givenAt)
        : EndOfContract([named.Reference], givenAt);

    /// <summary>A number may be taken up again; what comes after an end belongs to what began anew.</summary>
    private DateTimeOffset? EndOfContract(IEnumerable<UInt128> contracts, DateTimeOffset occurredAt) => contracts
        .SelectMany(contract => _contracts.GetValueOrDefault(contract, []))
        .Where(end => end >= occurredAt)
        .Select(end => (DateTimeOffset?)end)
        .Min();

    private void NoteOrder(UInt128 order, DateTimeOffset end)
    {
        if (!(_orders.TryGetValue(order, out var known) && known <= end))
        {
            _orders[order] = end;
        }
    }

    private void NoteContract(UInt128 contract, DateTimeOffset end)
    {
        if (!_contracts.TryGetValue(contract, out var ends))
        {
            _contracts[contract] = ends = [];
        }

        ends.Add(end);
    }
}
