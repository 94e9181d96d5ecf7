using Tracker.Core.Model;

namespace Tracker.Core.Retention.Simulation;

/// <summary>What the change would do to the documents of one class that are kept under one rule; counts only.</summary>
/// <param name="Documents">Documents that would end earlier, or lose a purpose earlier.</param>
/// <param name="DeletedNow">Of these, the ones that would go at once.</param>
/// <param name="StrippedNow">Of these, the ones that would lose the purpose at once, and stay for another.</param>
/// <param name="EndingIn">Of these, the others, by the first day of the month in which the purpose would end.</param>
public sealed record SimulatedEffect(
    string RuleId,
    RetentionClass Class,
    int Documents,
    int DeletedNow,
    int StrippedNow,
    IReadOnlyDictionary<DateOnly, int> EndingIn);
