namespace Tracker.Core.Model;

/// <summary>
/// What a log tells of a fault: the types, put into words only where they are told. Never a message: that of foreign code may quote
/// what it failed on (GDPR Art. 32; CONVENTIONS: no personal value in a log).
/// </summary>
public readonly record struct FaultTypes(Exception? Fault)
{
    public override string ToString() => Fault?.InnerException is { } inner
        ? $"{Fault.GetType()} from {new FaultTypes(inner)}"
        : $"{Fault?.GetType()}";
}
