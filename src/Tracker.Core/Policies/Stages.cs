using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>The stage as facts tell it (compliance 2.4): customer before prospect before former before lead before visitor.</summary>
public static class Stages
{
    /// <param name="lastInteractionAt">The last act of the person that counts; null: none is known.</param>
    public static Stage At(Facts facts, DateTimeOffset? lastInteractionAt, Policy policy, DateTimeOffset instant)
    {
        if (IsCustomer(facts, lastInteractionAt, policy, instant))
        {
            return Stage.Customer;
        }

        if (QuoteInForce(facts, policy, instant) is not null)
        {
            return Stage.Prospect;
        }

        if (WasCustomer(facts, instant))
        {
            return Stage.Former;
        }

        return facts.IdentifiedAt <= instant ? Stage.Lead : Stage.Visitor;
    }

    /// <summary>The facts that an interaction of this type establishes by having happened.</summary>
    public static Facts Establish(FactKind? fact, DateTimeOffset at, bool isIdentified)
    {
        var facts = isIdentified ? new Facts { IdentifiedAt = at } : Facts.None;
        return fact switch
        {
            null => facts,
            FactKind.Purchase => facts with { FirstPurchaseAt = at, LastPurchaseAt = at, PurchasingSince = at },
            FactKind.PurchaseEnded => facts with { FirstPurchaseAt = at },
            FactKind.QuoteRequested => facts with { QuoteRequestedAt = at },
            FactKind.AccountOpened => facts with { AccountOpenedAt = at },
            FactKind.AccountClosed => facts with { AccountShownAt = at, AccountClosedAt = at },
            FactKind.ContractStarted => facts with { ContractStartedAt = at },
            FactKind.ContractEnded => facts with { ContractEndedAt = at },
            FactKind.DebtSettled => facts with { DebtSettledAt = at },
            FactKind.AccountUsed => facts with { AccountShownAt = at },
            FactKind.LoyaltyJoined => facts with { LoyaltyJoinedAt = at },
            FactKind.LoyaltyLeft => facts with { LoyaltyShownAt = at, LoyaltyLeftAt = at },
            FactKind.LoyaltyCardShown => facts with { LoyaltyShownAt = at },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>As <see cref="Establish"/>; a card that the person shows makes a member, whatever else they do with it.</summary>
    public static Facts EstablishByAct(FactKind? fact, DateTimeOffset at, bool isIdentified, bool isCardShown) => isCardShown
        ? Establish(fact, at, isIdentified: true) with { LoyaltyShownAt = at }
        : Establish(fact, at, isIdentified);

    /// <summary>
    /// What an act proves while what it ends still lasts: an account and a membership last until the act that ends them, which
    /// is kept on them. A former customer has neither (compliance 2.4), and the end would never be known.
    /// </summary>
    public static Facts BeforeTheEnd(Facts established) => established is { AccountClosedAt: null, LoyaltyLeftAt: null }
        ? established
        : established with { AccountClosedAt = null, LoyaltyLeftAt = null };

    /// <summary>As <see cref="Facts.Merge"/>; purchases of which neither ended being a customer before the other are one run.</summary>
    public static Facts Merge(Facts known, Facts established, Policy policy)
    {
        var merged = known.Merge(established);
        var (earlier, later) = known.LastPurchaseAt <= established.LastPurchaseAt ? (known, established) : (established, known);
        return earlier.LastPurchaseAt is { } last
            && RunOf(later) is { } run
            && last < run
            && CalendarArithmetic.IsBefore(run, last, policy.ActivityWindow, policy.Zone)
            ? merged with { PurchasingSince = RunOf(earlier) }
            : merged;
    }

    /// <summary>
    /// Whether a purchase not after the instant lies less than the period before it. A later purchase says nothing of that; before
    /// the last one only the run that led up to it is remembered, and what came before is taken for none.
    /// </summary>
    public static bool HasBoughtWithin(Facts facts, CalendarPeriod period, Policy policy, DateTimeOffset instant)
    {
        if (facts.LastPurchaseAt is not { } last)
        {
            return false;
        }

        return last <= instant
            ? CalendarArithmetic.IsBefore(instant, last, period, policy.Zone)
            : RunOf(facts) is { } run && run <= instant && (!policy.ActivityWindow.CanExceed(period) || CalendarArithmetic.IsBefore(instant, run, period, policy.Zone));
    }

    /// <returns>When the quote was asked for that has not run out at that instant; null: none has not.</returns>
    public static DateTimeOffset? QuoteInForce(Facts facts, Policy policy, DateTimeOffset instant) =>
        facts.QuoteRequestedAt is { } quote && quote <= instant && CalendarArithmetic.IsBefore(instant, quote, policy.QuoteValidity, policy.Zone) ? quote : null;

    /// <summary>What follows on a request for a quote ends with that; what follows on none is its own.</summary>
    public static DateTimeOffset QuoteExpiry(Facts facts, Policy policy, DateTimeOffset eventTime) =>
        policy.Add(QuoteInForce(facts, policy, eventTime) ?? eventTime, policy.QuoteValidity);

    public static bool WasCustomer(Facts facts, DateTimeOffset instant) =>
        facts.FirstPurchaseAt <= instant || facts.ContractEndedAt <= instant || facts.LoyaltyLeftAt <= instant;

    public static bool HasOpenContract(Facts facts, DateTimeOffset instant) => ContractOf(facts).IsOpen(instant);

    /// <summary>One whose opening was told. What only a sign-in shows carries the service and makes nobody a customer for longer: nothing tells that it goes on.</summary>
    public static bool HasOpenAccount(Facts facts, DateTimeOffset instant) => (AccountOf(facts) with { Shown = null }).IsOpen(instant);

    /// <summary>No act for as long as the cap says closes the account by itself, until the next act (IT-SVC-1; compliance 2.4).</summary>
    public static bool IsSilent(DateTimeOffset? lastInteractionAt, Policy policy, DateTimeOffset instant) =>
        lastInteractionAt is { } last && !CalendarArithmetic.IsBefore(instant, last, policy.InactivityCap, policy.Zone);

    public static bool IsMember(Facts facts, DateTimeOffset instant) => MembershipOf(facts).IsOpen(instant);

    public static StandingContract ContractOf(Facts facts) => new(facts.ContractStartedAt, facts.ContractEndedAt);

    /// <summary>The one with that number.</summary>
    public static StandingContract ContractOf(ContractLink link) => new(link.StartedAt, link.EndedAt);

    public static StandingContract AccountOf(Facts facts) => new(facts.AccountOpenedAt, facts.AccountClosedAt, facts.AccountShownAt);

    public static StandingContract MembershipOf(Facts facts) => new(facts.LoyaltyJoinedAt, facts.LoyaltyLeftAt, facts.LoyaltyShownAt);

    /// <summary>A contract in force, joining the loyalty programme being one; an open account, in use, of someone who has bought; a purchase inside the activity window.</summary>
    private static bool IsCustomer(Facts facts, DateTimeOffset? lastInteractionAt, Policy policy, DateTimeOffset instant)
    {
        var hasBought = facts.FirstPurchaseAt <= instant;
        return HasOpenContract(facts, instant)
            || IsMember(facts, instant)
            || (hasBought && HasOpenAccount(facts, instant) && !IsSilent(lastInteractionAt, policy, instant))
            || HasBoughtWithin(facts, policy.ActivityWindow, policy, instant);
    }

    private static DateTimeOffset? RunOf(Facts facts) => facts.PurchasingSince ?? facts.LastPurchaseAt;
}
