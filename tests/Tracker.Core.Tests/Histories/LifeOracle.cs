using Tracker.Core.Model;

namespace Tracker.Core.Tests.Histories;

/// <summary>What the law forbids, in one sentence each, on the bare acts, without a line of the product.</summary>
internal static class LifeOracle
{
    /// <summary>The caps of the shipped policy in days, a leap day and an hour of the clock included.</summary>
    public static int CapOf(Purpose purpose) => purpose switch
    {
        Purpose.Profiling or Purpose.Analytics => 366,
        Purpose.DirectMarketing => 732,
        _ => (11 * 366) + 1,
    };

    public static bool MayBeKept(IReadOnlyList<LifeAct> life, LifeAct act, Purpose purpose) =>
        purpose is Purpose.OrderFulfilment or Purpose.AccountingTax
        || (HasConsent(life, act, purpose) && !IsObjectedTo(life, act, purpose) && !IsProfileOfChild(life, act, purpose));

    /// <summary>Given at or before the act, not by a child, and nothing has ended it since.</summary>
    private static bool HasConsent(IReadOnlyList<LifeAct> life, LifeAct act, Purpose purpose) => life.Any(give =>
        give.Kind is LifeKind.Give or LifeKind.GiveTwice && give.Purpose == purpose && give.At <= act.At
        && !IsOfChild(life)
        && !life.Any(end => end.Kind == LifeKind.Withdraw && end.Purpose == purpose && end.At >= give.At));

    /// <summary>An objection to marketing is absolute, for all that came before it.</summary>
    private static bool IsObjectedTo(IReadOnlyList<LifeAct> life, LifeAct act, Purpose purpose) =>
        purpose == Purpose.DirectMarketing && life.Any(objection => objection.Kind == LifeKind.Object && objection.At > act.At);

    private static bool IsProfileOfChild(IReadOnlyList<LifeAct> life, LifeAct act, Purpose purpose) =>
        purpose == Purpose.Profiling && act.At < 8 * 365 && IsOfChild(life);

    /// <summary>What was stated last of the age, and was kept, is that of a child of ten.</summary>
    private static bool IsOfChild(IReadOnlyList<LifeAct> life)
    {
        var stated = life.Where(act => act.TellsAge).ToList();
        return stated.Count > 0 && stated.Where(act => act.At == stated.Max(other => other.At)).All(act => act.IsChild);
    }
}
