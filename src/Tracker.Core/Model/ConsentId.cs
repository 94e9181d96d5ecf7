namespace Tracker.Core.Model;

public readonly record struct ConsentId(Guid Value)
{
    public static ConsentId New(DateTimeOffset now) => new(TimeOrderedId.New(now));

    public override string ToString() => Value.ToString("N");
}
