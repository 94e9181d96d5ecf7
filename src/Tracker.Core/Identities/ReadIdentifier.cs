using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>What became of an identifier that was read.</summary>
/// <param name="Hash">What it is known by; nothing where there is a finding.</param>
/// <param name="Finding">What is wrong with it; null if nothing is.</param>
/// <param name="IsBlocked">The policy, or the source for its machines, says that it names nobody in particular.</param>
public readonly record struct ReadIdentifier(IdentifierHash Hash, string? Finding, bool IsBlocked)
{
    /// <summary>The field of the identifier that the finding is about.</summary>
    public string FindingAt { get; private init; } = "value";

    public static ReadIdentifier Wrong(string finding, string at) => new(default, finding, IsBlocked: false) { FindingAt = at };

    /// <summary>What it leads to somebody by; null: it leads to nobody.</summary>
    public IdentifierHash? Leading => Finding is null && !IsBlocked ? Hash : null;
}
