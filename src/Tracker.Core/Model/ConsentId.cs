namespace Tracker.Core.Model;

public readonly record struct ConsentId(Guid Value)
{
    public static ConsentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("N");
}
