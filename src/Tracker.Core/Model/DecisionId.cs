namespace Tracker.Core.Model;

public readonly record struct DecisionId(Guid Value)
{
    public static DecisionId New(DateTimeOffset now) => new(TimeOrderedId.New(now));

    public override string ToString() => Value.ToString("N");
}
