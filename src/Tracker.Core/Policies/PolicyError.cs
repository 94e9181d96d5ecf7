namespace Tracker.Core.Policies;

/// <summary>What is wrong with a policy document, and where.</summary>
/// <param name="Path">Such as "$.rules[IT-QUO-1].ends[0].period"; items that have a name by it.</param>
/// <param name="What">Why, and what is allowed.</param>
public sealed record PolicyError(string Path, string What)
{
    public override string ToString() => $"{Path}: {What}.";
}
