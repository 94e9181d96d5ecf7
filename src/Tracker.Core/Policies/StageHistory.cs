using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>
/// How a person came to the stage of now, as far as the facts tell: firsts and lasts are kept and what lay between them is not, so
/// stages that came and went in between are not told.
/// </summary>
public static class StageHistory
{
    /// <param name="firstSeenAt">Before it nothing is known.</param>
    public static IReadOnlyList<StageChange> Of(Facts facts, DateTimeOffset firstSeenAt, DateTimeOffset? lastInteractionAt, Policy policy, DateTimeOffset now)
    {
        List<StageChange> history = [];
        foreach (var moment in Moments(facts, lastInteractionAt, policy).Where(moment => moment.At <= now).Append((At: firstSeenAt, Fact: null)).GroupBy(moment => moment.At).OrderBy(moments => moments.Key))
        {
            var stage = Stages.At(facts, lastInteractionAt, policy, moment.Key);
            if (history.Count == 0 || history[^1].Stage != stage)
            {
                history.Add(new(stage, moment.Key, moment.Select(one => one.Fact).FirstOrDefault(fact => fact is not null)));
            }
        }

        return history;
    }

    /// <summary>The instants at which a stage may begin or end.</summary>
    private static IEnumerable<(DateTimeOffset At, FactKind? Fact)> Moments(Facts facts, DateTimeOffset? lastInteractionAt, Policy policy)
    {
        (DateTimeOffset? At, FactKind? Fact)[] known =
        [
            (facts.IdentifiedAt, null),
            (facts.QuoteRequestedAt, FactKind.QuoteRequested),
            (facts.QuoteRequestedAt is { } quote ? policy.Add(quote, policy.QuoteValidity) : null, null),
            (facts.FirstPurchaseAt, FactKind.Purchase),
            (facts.PurchasingSince, FactKind.Purchase),
            (facts.LastPurchaseAt, FactKind.Purchase),
            (facts.LastPurchaseAt is { } last ? policy.Add(last, policy.ActivityWindow) : null, null),
            (facts.AccountOpenedAt, FactKind.AccountOpened),
            (facts.AccountClosedAt, FactKind.AccountClosed),
            (facts.AccountShownAt, FactKind.AccountUsed),
            (facts.ContractStartedAt, FactKind.ContractStarted),
            (facts.ContractEndedAt, FactKind.ContractEnded),
            (facts.LoyaltyJoinedAt, FactKind.LoyaltyJoined),
            (facts.LoyaltyLeftAt, FactKind.LoyaltyLeft),
            (facts.LoyaltyShownAt, FactKind.LoyaltyCardShown),
            (lastInteractionAt is { } act ? policy.Add(act, policy.InactivityCap) : null, null),
        ];
        return known.Where(moment => moment.At is not null).Select(moment => (moment.At!.Value, moment.Fact));
    }
}
