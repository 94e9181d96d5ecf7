using Tracker.Core.Model;

namespace Tracker.Core.Policies.History;

/// <summary>The time in which one consent counts for one purpose and medium, as the ledger tells it.</summary>
public sealed record ConsentSpan
{
    public required ConsentId Id { get; init; }

    public required Purpose Purpose { get; init; }

    /// <summary>The one medium it covers; Unspecified where the purpose needs none.</summary>
    public ContactChannel ContactChannel { get; init; }

    /// <summary>The addresses it was given for, all of the kind of its medium; empty: it is about the person.</summary>
    public IReadOnlyList<IdentifierHash> Addresses { get; init; } = [];

    /// <summary>The one recipient it covers; empty: the controller itself.</summary>
    public string Recipient { get; init; } = "";

    public required DateTimeOffset From { get; init; }

    /// <summary>When it became known.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>When it ended, or will end if nothing happens; never after the inactivity cap.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The longest that anything collected under it is kept, as was stated when it was given (E20); null: nothing was.</summary>
    public CalendarPeriod? RetentionTerm { get; init; }

    /// <summary>It covers visits from before the person was named on the machine (E10).</summary>
    public bool LinksEarlierVisits { get; init; }

    /// <summary>Why it ends at <see cref="Until"/>.</summary>
    public SpanEnd End { get; init; } = SpanEnd.Time;

    /// <summary>The entry that says so; null: none does.</summary>
    public ConsentId? EndedBy { get; init; }

    /// <summary>Asked for and not yet confirmed by its double opt-in: it permits nothing.</summary>
    public bool IsPending { get; init; }

    /// <summary>Given explicitly for special categories as well (GDPR Art. 9(2)(a)).</summary>
    public bool IsExplicit { get; init; }

    /// <summary>Given by a verified guardian (GDPR Art. 8).</summary>
    public bool IsByGuardian { get; init; }

    /// <summary>Given in the shop or on paper; Art. 8 speaks of online services only.</summary>
    public bool IsOffline { get; init; }

    /// <summary>From which the person decided alone where they lived then; 0: no age was known, and what is known now counts.</summary>
    public int AgeOfConsent { get; init; }

    /// <summary>To whom it was given; empty: to the tenant.</summary>
    public string Controller { get; init; } = "";
}
