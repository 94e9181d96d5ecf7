namespace Tracker.Core.Policies;

/// <summary>What was in force when, as one policy of a tenant sees it (E19, E20).</summary>
internal sealed class PolicyTimeline
{
    public static readonly PolicyTimeline Empty = new([], []);

    private readonly (DateTimeOffset From, Policy Policy)[] _begins;
    private readonly (Policy Policy, DateTimeOffset UsedUntil)[] _others;

    private PolicyTimeline((DateTimeOffset From, Policy Policy)[] begins, (Policy Policy, DateTimeOffset UsedUntil)[] others) => (_begins, _others) = (begins, others);

    /// <param name="own">What is in force now.</param>
    /// <param name="begins">When each came into force, as often as it did; each is in force until the next one begins, whatever the servers did meanwhile.</param>
    public static PolicyTimeline Of(Policy own, IEnumerable<(DateTimeOffset From, Policy Policy)> begins)
    {
        (DateTimeOffset From, Policy Policy)[] ordered = [.. begins.OrderBy(begin => begin.From).ThenBy(begin => ReferenceEquals(begin.Policy, own))];
        var ends = ordered.Skip(1).Select(next => next.From).Append(DateTimeOffset.MaxValue);
        return new(
            ordered,
            [
                .. ordered.Zip(ends, (begin, end) => (begin.Policy, UsedUntil: end))
                    .GroupBy(span => span.Policy.Name)
                    .Where(spans => spans.Key != own.Name)
                    .Select(spans => spans.MaxBy(span => span.UsedUntil))
                    .OrderBy(other => other.UsedUntil),
            ]);
    }

    /// <summary>As a policy sees it that would be in force instead from now on.</summary>
    public PolicyTimeline Beside(Policy own, Policy instead) => Of(instead, _begins.Length == 0 ? [(DateTimeOffset.MinValue, own)] : _begins);

    /// <returns>Null: nothing is known of that time.</returns>
    public Policy? At(DateTimeOffset instant)
    {
        for (var i = _begins.Length - 1; i > 0; i--)
        {
            if (_begins[i].From <= instant)
            {
                return _begins[i].Policy;
            }
        }

        return _begins.Length == 0 ? null : _begins[0].Policy;
    }

    /// <returns>When another one began after that instant and by the other, oldest first.</returns>
    public IEnumerable<DateTimeOffset> ChangesBetween(DateTimeOffset from, DateTimeOffset until) =>
        _begins.Skip(1).Select(begin => begin.From).Where(begin => begin > from && begin <= until);

    /// <returns>The others that were in force at that instant or since, the first that ended first.</returns>
    public IReadOnlyList<Policy> Since(DateTimeOffset instant) =>
        Array.Exists(_others, other => other.UsedUntil > instant) ? [.. _others.Where(other => other.UsedUntil > instant).Select(other => other.Policy)] : [];
}
