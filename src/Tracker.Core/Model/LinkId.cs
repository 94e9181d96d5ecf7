namespace Tracker.Core.Model;

/// <summary>An act of joining two profiles, or of undoing one; ordered in time.</summary>
public readonly record struct LinkId(Guid Value)
{
    public static LinkId New(DateTimeOffset now) => new(TimeOrderedId.New(now));

    public override string ToString() => Value.ToString("N");
}
