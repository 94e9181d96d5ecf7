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

    /// <summary>From when until when contracts, those just ended too, outweigh an entry in the register of objections (L. 5/2018, art. 1(5)).</summary>
    public IReadOnlyList<Validity> Contracts { get; init; } = [];

    /// <summary>The end that silence sets to something given where no act of the person is known that it could slide with; MaxValue: none.</summary>
    public Func<DateTimeOffset, DateTimeOffset> SilenceAfter { get; init; } = _ => DateTimeOffset.MaxValue;

    public static Activity Of(Control? control, Policy policy) => control is null
        ? OfNothing(policy)
        : OfNothing(policy) with
        {
            Lapses = control.Lapses,
            LapsesAt = control.LastInteractionAt is { } last ? policy.Add(last, policy.InactivityCap) : null,
            SilenceAfter = given => policy.Add(given, policy.InactivityCap),
            Contracts = ContractsOf(control.Facts, policy),
        };

    /// <summary>
    /// The last contract that went on, the end of one before it, the first purchase and the last. What ran between them is not remembered, and what began
    /// after an entry revives nothing: so a consent is cancelled too early rather than too late.
    /// </summary>
    public static IReadOnlyList<Validity> ContractsOf(Facts facts, Policy policy)
    {
        Validity? WithTail(DateTimeOffset? began, DateTimeOffset? ended) =>
            began is null && ended is null ? null : new(began ?? ended, ended is { } end ? policy.Add(end, policy.RegisterContractTail) : null);

        var contract = Stages.ContractOf(facts).Runs;
        return [.. new[]
        {
            WithTail(contract?.From, contract?.Until),
            WithTail(null, facts.ContractEndedAt),
            WithTail(facts.FirstPurchaseAt, facts.FirstPurchaseAt),
            WithTail(facts.LastPurchaseAt, facts.LastPurchaseAt),
        }.OfType<Validity>()];
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

        // What is given without an act of the person, after the last has fallen silent, has a silence of its own.
        return given < LapsesAt ? LapsesAt.Value : SilenceAfter(given);
    }

    /// <summary>
    /// The cap also fired between an act that arrives late and all that was known of the person before: what was given with it, or
    /// before it, is not revived by having arrived after the rest (C2).
    /// </summary>
    /// <param name="known">The first that is known of the person.</param>
    public static DateTimeOffset? LapseAfter(DateTimeOffset act, DateTimeOffset known, Policy policy) =>
        policy.Add(act, policy.InactivityCap) is var lapse && lapse <= known ? lapse : null;

    /// <summary>Before it nothing is known of the person: no act, and no document.</summary>
    public static DateTimeOffset FirstKnown(Control control) =>
        new[] { control.CreatedAt, control.LastInteractionAt, control.Facts.IdentifiedAt, control.Facts.FirstPurchaseAt, control.Facts.AccountShownAt, control.Facts.LoyaltyShownAt }
            .OfType<DateTimeOffset>()
            .Min();

    /// <param name="now">When the next act becomes known, not when it was: a late upload of an act before the cap revives nothing (E34).</param>
    /// <returns>The instant the cap fired between the last act and now; null: it did not.</returns>
    public static DateTimeOffset? LapseBetween(DateTimeOffset? lastInteractionAt, DateTimeOffset now, Policy policy) =>
        lastInteractionAt is { } last && policy.Add(last, policy.InactivityCap) is var lapse && lapse <= now ? lapse : null;
}
