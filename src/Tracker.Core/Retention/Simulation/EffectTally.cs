using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Retention.Simulation;

/// <summary>Counts how two reviews of the same document differ, by rule and class.</summary>
internal sealed class EffectTally(TimeZoneInfo zone)
{
    private readonly SortedDictionary<(string Rule, RetentionClass Class), Counts> _counts = [];

    public IReadOnlyList<SimulatedEffect> Effects =>
        [.. _counts.Select(pair => new SimulatedEffect(pair.Key.Rule, pair.Key.Class, pair.Value.Documents, pair.Value.DeletedNow, pair.Value.StrippedNow, pair.Value.EndingIn.ToDictionary()))];

    /// <param name="current">What may be kept under the policy in force.</param>
    /// <param name="changed">What might be kept under the changed one; null: nothing.</param>
    public void Add(RetentionClass member, IReadOnlyList<Grant> current, IReadOnlyList<Grant>? changed)
    {
        foreach (var rule in current.GroupBy(grant => grant.RuleId))
        {
            var until = rule.Max(grant => grant.Until);
            var next = (changed ?? []).Where(grant => grant.RuleId == rule.Key).Select(grant => (DateTimeOffset?)grant.Until).Max();
            if (next is null || next < until)
            {
                Count(rule.Key, member, next, isDeleted: changed is null);
            }
        }
    }

    private void Count(string rule, RetentionClass member, DateTimeOffset? end, bool isDeleted)
    {
        if (!_counts.TryGetValue((rule, member), out var counts))
        {
            _counts[(rule, member)] = counts = new Counts();
        }

        counts.Documents++;
        if (end is { } until)
        {
            var day = CalendarArithmetic.LocalDate(until, zone);
            var month = new DateOnly(day.Year, day.Month, 1);
            counts.EndingIn[month] = counts.EndingIn.GetValueOrDefault(month) + 1;
        }
        else if (isDeleted)
        {
            counts.DeletedNow++;
        }
        else
        {
            counts.StrippedNow++;
        }
    }

    private sealed class Counts
    {
        public int Documents { get; set; }

        public int DeletedNow { get; set; }

        public int StrippedNow { get; set; }

        public SortedDictionary<DateOnly, int> EndingIn { get; } = [];
    }
}
