namespace Tracker.Core.Policies;

/// <summary>What one kind of identifier says about who someone is.</summary>
/// <param name="Priority">Where identifiers of one interaction lead to different profiles, the highest decides.</param>
/// <param name="IsUnique">A person has one of it: two different values are two people.</param>
/// <param name="AtMost">How many of it may lead to one profile.</param>
public sealed record KindRule(NamedBy Names, int Priority, bool IsUnique, int AtMost)
{
    /// <summary>A kind that no rule names leads nowhere.</summary>
    public static readonly KindRule Nothing = new(NamedBy.Unspecified, 0, IsUnique: false, 0);
}
