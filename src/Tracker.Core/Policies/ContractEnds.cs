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
    private readonly Dictionary<UInt128, DateTimeOffset> _begun = [];
    private readonly Dictionary<FactKind, List<DateTimeOffset>> _acts = [];

    public void Note(InteractionRecord record)
    {
        if (policy.Types.TryGetValue(record.Type, out var type) && type.Fact is FactKind.AccountClosed or FactKind.LoyaltyLeft or FactKind.DebtSettled or FactKind.ContractEnded)
        {
            Note(_acts, type.Fact.Value, record.OccurredAt);
        }

        if (type?.Fact == FactKind.ContractStarted)
        {
            // A quote that it names beside has no end.
            record.ContractReferences.ToList().ForEach(contract => NoteBegun(contract, record.OccurredAt));
        }

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
                Note(_contracts, contract, record.OccurredAt);
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

            if (link.StartedAt is { } begun)
            {
                NoteBegun(link.Reference, begun);
            }

            if (link.EndedAt is { } end)
            {
                Note(_contracts, link.Reference, end);
            }
        }
    }

    public DateTimeOffset? Of(InteractionRecord record) => Of(record.OrderReference, record.ContractReferences, record.OccurredAt);

    /// <summary>What belongs to an order ends with that; what belongs to none, with the contract it names.</summary>
    /// <returns>Null: not known.</returns>
    public DateTimeOffset? Of(UInt128? order, IEnumerable<UInt128> contracts, DateTimeOffset occurredAt) =>
        order is { } number && _orders.TryGetValue(number, out var end) ? end : EndOfContract(contracts, occurredAt, isOfOrder: order is not null);

    /// <summary>A contract that goes on began then, for the first time or anew.</summary>
    public void NoteBegun(UInt128 contract, DateTimeOffset at)
    {
        if (!(_begun.TryGetValue(contract, out var known) && known >= at))
        {
            _begun[contract] = at;
        }
    }

    /// <summary>What one number says of what was given under it.</summary>
    public DateTimeOffset? Of(NamedContract named, DateTimeOffset givenAt) => named.Kind == NamedContract.Order
        ? Of(named.Reference, [], givenAt)
        : EndOfContract([named.Reference], givenAt, isOfOrder: false);

    /// <summary>
    /// The first end of that kind which came after what was kept. The facts know the latest only, and an earlier one that is told
    /// after it has to end the same as if it had been told before.
    /// </summary>
    /// <param name="latest">As the facts say; null: not known.</param>
    public DateTimeOffset? First(FactKind kind, DateTimeOffset? latest, DateTimeOffset notBefore) =>
        First([.. _acts.GetValueOrDefault(kind, []), .. latest is { } end ? [end] : Array.Empty<DateTimeOffset>()], notBefore);

    /// <summary>
    /// A number may be taken up again; what comes after an end belongs to what began anew. Where nothing has begun anew it rested on
    /// nothing: the end was told later.
    /// </summary>
    /// <param name="isOfOrder">It belongs to an order as well, whose own end is still to come.</param>
    private DateTimeOffset? EndOfContract(IEnumerable<UInt128> contracts, DateTimeOffset occurredAt, bool isOfOrder)
    {
        List<UInt128> named = [.. contracts.Where(contract => _contracts.ContainsKey(contract) || _begun.ContainsKey(contract))];
        return First([.. named.SelectMany(contract => _contracts.GetValueOrDefault(contract, []))], occurredAt)
            ?? (!isOfOrder && named.Count > 0 && named.TrueForAll(IsOver) ? occurredAt : null);
    }

    private bool IsOver(UInt128 contract) =>
        _contracts.TryGetValue(contract, out var ends) && !(_begun.TryGetValue(contract, out var begun) && begun > ends.Max());

    private void NoteOrder(UInt128 order, DateTimeOffset end)
    {
        if (!(_orders.TryGetValue(order, out var known) && known <= end))
        {
            _orders[order] = end;
        }
    }

    private static DateTimeOffset? First(List<DateTimeOffset> ends, DateTimeOffset notBefore) =>
        ends.Where(end => end >= notBefore).Select(end => (DateTimeOffset?)end).Min();

    private static void Note<T>(Dictionary<T, List<DateTimeOffset>> known, T of, DateTimeOffset end)
        where T : notnull
    {
        if (!known.TryGetValue(of, out var ends))
        {
            known[of] = ends = [];
        }

        ends.Add(end);
    }
}
