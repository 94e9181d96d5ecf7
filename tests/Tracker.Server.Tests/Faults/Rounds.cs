using System.Globalization;

namespace Tracker.Server.Tests.Faults;

/// <summary>How often each fault is made: once, and more often where there is time (.ci/full).</summary>
internal static class Rounds
{
    public const string Variable = "TRACKER_TEST_FAULT_ROUNDS";

    private static readonly int Count =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } rounds ? int.Parse(rounds, CultureInfo.InvariantCulture) : 1;

    public static bool AreMany => Count > 1;

    public static IEnumerable<T> Of<T>(IEnumerable<T> faults) => Enumerable.Repeat(faults, Count).SelectMany(once => once);
}
