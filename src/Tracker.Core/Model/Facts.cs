namespace Tracker.Core.Model;

/// <summary>
/// What happened to a profile, as far as its stage depends on it. Merging takes the earliest of the firsts and the
/// latest of the lasts, so the order of arrival does not matter.
/// </summary>
public sealed record Facts
{
    public static readonly Facts None = new();

    /// <summary>First seen with an identifier that names a person (not a device or cookie).</summary>
    public DateTimeOffset? IdentifiedAt { get; init; }

    public DateTimeOffset? QuoteRequestedAt { get; init; }

    public DateTimeOffset? AccountOpenedAt { get; init; }

    public DateTimeOffset? AccountClosedAt { get; init; }

    public DateTimeOffset? FirstPurchaseAt { get; init; }

    public DateTimeOffset? LastPurchaseAt { get; init; }

    public DateTimeOffset? ContractStartedAt { get; init; }

    public DateTimeOffset? ContractEndedAt { get; init; }

    /// <summary>The latest debt was settled (anchor CASE_CLOSED).</summary>
    public DateTimeOffset? DebtSettledAt { get; init; }

    /// <summary>The first act that shows an account: a sign-in, its closing.</summary>
    public DateTimeOffset? AccountShownAt { get; init; }

    public DateTimeOffset? LoyaltyJoinedAt { get; init; }

    public DateTimeOffset? LoyaltyLeftAt { get; init; }

    /// <summary>The first act that shows a membership: a card, leaving.</summary>
    public DateTimeOffset? LoyaltyShownAt { get; init; }

    /// <summary>The purchase from which on, up to the last, no gap ended being a customer; null: only the last is known to be one of such a run.</summary>
    public DateTimeOffset? PurchasingSince { get; init; }

    /// <summary>As most acts of a known person do.</summary>
    private bool TellsOnlyWho => this is
    {
        QuoteRequestedAt: null, AccountOpenedAt: null, AccountClosedAt: null, FirstPurchaseAt: null, LastPurchaseAt: null, ContractStartedAt: null, ContractEndedAt: null,
        DebtSettledAt: null, AccountShownAt: null, LoyaltyJoinedAt: null, LoyaltyLeftAt: null, LoyaltyShownAt: null, PurchasingSince: null,
    };

    public Facts Merge(Facts other) => ReferenceEquals(other, None) ? this : ReferenceEquals(this, None) ? other : other.TellsOnlyWho && IdentifiedAt <= other.IdentifiedAt ? this : new()
    {
        IdentifiedAt = Earliest(IdentifiedAt, other.IdentifiedAt),
        QuoteRequestedAt = Latest(QuoteRequestedAt, other.QuoteRequestedAt),
        AccountOpenedAt = Latest(AccountOpenedAt, other.AccountOpenedAt),
        AccountClosedAt = Latest(AccountClosedAt, other.AccountClosedAt),
        FirstPurchaseAt = Earliest(FirstPurchaseAt, other.FirstPurchaseAt),
        LastPurchaseAt = Latest(LastPurchaseAt, other.LastPurchaseAt),
        PurchasingSince = LastPurchaseAt < other.LastPurchaseAt || LastPurchaseAt is null ? SinceOf(this, other) : SinceOf(other, this),
        ContractStartedAt = Latest(ContractStartedAt, other.ContractStartedAt),
        ContractEndedAt = Latest(ContractEndedAt, other.ContractEndedAt),
        DebtSettledAt = Latest(DebtSettledAt, other.DebtSettledAt),
        AccountShownAt = Earliest(AccountShownAt, other.AccountShownAt),
        LoyaltyJoinedAt = Latest(LoyaltyJoinedAt, other.LoyaltyJoinedAt),
        LoyaltyLeftAt = Latest(LoyaltyLeftAt, other.LoyaltyLeftAt),
        LoyaltyShownAt = Earliest(LoyaltyShownAt, other.LoyaltyShownAt),
    };

    /// <summary>Runs that touch are one; of two apart the later is remembered, whatever lay between them.</summary>
    private static DateTimeOffset? SinceOf(Facts earlier, Facts later) =>
        earlier.LastPurchaseAt >= (later.PurchasingSince ?? later.LastPurchaseAt)
            ? Earliest(earlier.PurchasingSince ?? earlier.LastPurchaseAt, later.PurchasingSince ?? later.LastPurchaseAt)
            : later.PurchasingSince;

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b ?? a : a;
}
