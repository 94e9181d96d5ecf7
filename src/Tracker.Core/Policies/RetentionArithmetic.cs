using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>When a rule ends: the earliest of its limits, but not before the latest of its floors.</summary>
public static class RetentionArithmetic
{
    /// <param name="stated">What was stated with the consent that it is kept on (E20); null: nothing was.</param>
    public static DateTimeOffset Due(RetentionRule rule, in RetentionAnchors anchors, TimeZoneInfo zone, CalendarPeriod? stated = null)
    {
        var limit = CalendarArithmetic.Limit(anchors.EventTime, rule.OuterCap, zone);
        if (stated is { } term && !rule.OutlivesConsent && CalendarArithmetic.Limit(rule.IsSliding ? anchors.LastInteraction : anchors.EventTime, term, zone) is var promised && promised < limit)
        {
            limit = promised;
        }

        DateTimeOffset? floor = null;
        for (var i = 0; i < rule.Terminators.Count; i++)
        {
            var terminator = rule.Terminators[i];
            if (EndOf(terminator, anchors, zone) is not { } end)
            {
                continue;
            }

            if (terminator.IsFloor)
            {
                floor = floor is null || end > floor ? end : floor;
            }
            else if (end < limit)
            {
                limit = end;
            }
        }

        return floor > limit ? floor.Value : limit;
    }

    private static DateTimeOffset? EndOf(Terminator terminator, in RetentionAnchors anchors, TimeZoneInfo zone)
    {
        if (terminator.Anchor is Anchor.FiscalEntry or Anchor.FiscalYearEnd)
        {
            var day = terminator.Anchor == Anchor.FiscalEntry ? anchors.FiscalEntry : new(anchors.FiscalEntry.Year, 12, 31);
            // The limit of a booking day is the same day as its floor: both end with the whole last day.
            return CalendarArithmetic.Floor(day, terminator.Period, zone);
        }

        if (anchors.At(terminator.Anchor) is not { } anchor)
        {
            return null;
        }

        return terminator.IsFloor
            ? CalendarArithmetic.Floor(CalendarArithmetic.LocalDate(anchor, zone), terminator.Period, zone)
            : CalendarArithmetic.Limit(anchor, terminator.Period, zone);
    }
}
