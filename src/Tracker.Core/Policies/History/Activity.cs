using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Policies.History;

/// <summary>When the silence of a person ended consents, and when it will: the sliding end of every consent.</summary>
/// <param name="Lapses">Past instants at which the inactivity cap fired, oldest first. What was given before one ended with it, and a later act does not revive it (C2, E34).</param>
/// <param name="LapsesAt">When the cap fires next if nothing happens; null: there was no act yet.</param>
public sealed record Activity(IReadOnlyList<DateTimeOffset> Lapses, DateTimeOffset? LapsesAt)
{
    public static readonly Activity None = new([], null);

    /// <summary>What an objection to all of a purpose ends beside the consents to that purpose (GDPR Art. 21(2)).</summary>
    public IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> ObjectionReach { get; init; } = FrozenDictionary<Purpose, IReadOnlySet<Purpose>>.Empty;

    /// <summary>
    /// Until when contracts, in force or just ended, outweigh an entry in the register of objections (L. 5/2018, art. 1(5));
    /// MinValue: none does. MaxValue: no end of it is known.
    /// </summary>
    public DateTimeOffset ContractUntil { get; init; } = DateTimeOffset.MinValue;

    public static Activity Of(Control? control, Policy policy) => control is null
        ? OfNothing(policy)
        : OfNothing(policy) with
        {
            Lapses = control.Lapses,
            LapsesAt = control.LastInteractionAt is { } last ? policy.Add(last, policy.InactivityCap) : null,
            ContractUntil = ContractUntilOf(control.Facts, policy),
        };

    public static DateTimeOffset ContractUntilOf(Facts facts, Policy policy)
    {
        DateTimeOffset Tail(DateTimeOffset? ended) => ended is { } end ? policy.Add(end, policy.RegisterContractTail) : DateTimeOffset.MinValue;

        var (contract, purchase) = (Tail(facts.ContractEndedAt), Tail(facts.LastPurchaseAt));
        return Stages.HasOpenContract(facts, DateTimeOffset.MaxValue) ? DateTimeOffset.MaxValue : contract > purchase ? contract : purchase;
    }

    /// <summary>Of a person without any act.</summary>
    public static Activity OfNothing(Policy policy) => None with { ObjectionReach = policy.ObjectionReach };

    /// <summary>The end that silence sets to something given at this instant; MaxValue: none known.</summary>
    public DateTimeOffset EndOf(DateTimeOffset given)
    {
        foreach (var lapse in Lapses)
        {
            if (given < lapse)
            {
                return lapse;
            }
        }

        return LapsesAt ?? DateTimeOffset.MaxValue;
    }

    /// <param name="now">When the next act becomes known, not when it was: a late upload of an act before the cap revives nothing (E34).</param>
    /// <returns>The instant the cap fired between the last act and now; null: it did not.</returns>
    public static DateTimeOffset? LapseBetween(DateTimeOffset? lastInteractionAt, DateTimeOffset now, Policy policy) =>
        lastInteractionAt is { } last && policy.Add(last, policy.InactivityCap) is var lapse && lapse <= now ? lapse : null;
}
