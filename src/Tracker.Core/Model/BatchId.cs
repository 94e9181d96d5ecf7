namespace Tracker.Core.Model;

/// <summary>The micro-batch a record was written in; tells an own repeated write from a duplicate.</summary>
public readonly record struct BatchId(Guid Value)
{
    public static BatchId New(DateTimeOffset now) => new(TimeOrderedId.New(now));

    public override string ToString() => Value.ToString("N");
}
