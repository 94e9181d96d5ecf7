namespace Tracker.Core.Model;

/// <summary>One person as far as we know. <see cref="None"/> stands for "no person": an anonymous receipt.</summary>
public readonly record struct ProfileId(Guid Value) : IComparable<ProfileId>
{
    public static readonly ProfileId None;

    public bool IsNone => Value == Guid.Empty;

    public static ProfileId New(DateTimeOffset now) => new(TimeOrderedId.New(now));

    /// <summary>The older one is the lower.</summary>
    public int CompareTo(ProfileId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("N");
}
