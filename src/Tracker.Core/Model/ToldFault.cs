namespace Tracker.Core.Model;

/// <summary>What a log tells of a fault that somebody must find: <see cref="FaultTypes"/>, and where each of it was thrown, the innermost first.</summary>
public readonly record struct ToldFault(Exception Fault)
{
    public override string ToString() => $"{new FaultTypes(Fault)}\n{StackOf(Fault)}";

    private static string StackOf(Exception fault)
    {
        IReadOnlyList<Exception> inner = fault is AggregateException several ? several.InnerExceptions : fault.InnerException is { } one ? [one] : [];
        return string.Join('\n', inner.Select(StackOf).Append(fault.StackTrace));
    }
}
