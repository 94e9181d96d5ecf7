using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>How long data is kept for a purpose. Null purpose, category, basis or ground: any.</summary>
public sealed record RetentionRule
{
    public required string Id { get; init; }

    /// <summary>Null only for the rule of an interest: "while active" is a condition of that basis, whatever the purpose.</summary>
    public required Purpose? Purpose { get; init; }

    public DataCategory? Category { get; init; }

    public LegalBasis? Basis { get; init; }

    public EPrivacyGround? Ground { get; init; }

    public RetentionAction Action { get; init; }

    /// <summary>The earliest limit ends it, but never before the latest floor.</summary>
    public required IReadOnlyList<Terminator> Terminators { get; init; }

    /// <summary>The end from the time of the event while no anchor of the rule is known.</summary>
    public required CalendarPeriod OuterCap { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>Who signed that it may be longer than the authority's cap, and why; empty: it is not longer.</summary>
    public string JustificationId { get; init; } = "";

    /// <summary>The impact assessment behind the justification.</summary>
    public string DpiaId { get; init; } = "";

    /// <summary>The log of what was shared proves past transfers (GDPR Art. 19); all else on a consent goes with it (Art. 17(1)(b)).</summary>
    public bool OutlivesConsent => Purpose == Model.Purpose.ThirdPartySharing && !RunsFrom(Anchor.ConsentEnd);

    /// <summary>The clock slides with the last act or purchase of the person: such content belongs in the contact document.</summary>
    public bool IsSliding => RunsFrom(Anchor.LastInteraction) || RunsFrom(Anchor.LastPurchase);

    /// <summary>
    /// The term as a notice would state it: the shortest that runs from something known from the start, else the longest
    /// that runs from an event still to come; never shorter than a floor. Null: it has none but ends at an event at once.
    /// </summary>
    public CalendarPeriod? StatedTerm
    {
        get
        {
            var terms = Terminators.Where(terminator => !terminator.IsFloor && terminator.Period != default).ToList();
            var certain = terms.Where(terminator => IsKnownFromTheStart(terminator.Anchor)).ToList();
            var (pool, isShortest) = certain.Count > 0 ? (certain, true) : (terms, false);
            CalendarPeriod? stated = null;
            foreach (var period in pool.Select(terminator => terminator.Period))
            {
                stated = stated is null || stated.Value.CanExceed(period) == isShortest ? period : stated;
            }

            foreach (var floor in Terminators.Where(terminator => terminator.IsFloor).Select(terminator => terminator.Period))
            {
                stated = stated is null || floor.CanExceed(stated.Value) ? floor : stated;
            }

            return stated;
        }
    }

    /// <summary>How much of the key it names: purpose counts before category, basis and ground.</summary>
    public int Specificity => (Purpose is null ? 0 : 8) + (Category is null ? 0 : 4) + (Basis is null ? 0 : 2) + (Ground is null ? 0 : 1);

    private bool RunsFrom(Anchor anchor)
    {
        for (var i = 0; i < Terminators.Count; i++)
        {
            if (Terminators[i].Anchor == anchor)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsKnownFromTheStart(Anchor anchor) => anchor
        is Anchor.EventTime or Anchor.Acquisition or Anchor.FiscalEntry or Anchor.FiscalYearEnd or Anchor.LastInteraction or Anchor.LastPurchase;
}
