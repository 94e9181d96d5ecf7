namespace Tracker.Core.Model;

/// <summary>What something was said for, and which entries of the ledger let it be kept then.</summary>
/// <param name="Proof">Consents or a soft opt-in, any of which carries it; empty: it rests on something else; null: from before they were kept.</param>
public sealed record StatedFor(Purpose Purpose, IReadOnlyList<string>? Proof)
{
    /// <summary>Whether this stands whenever the other does.</summary>
    public bool Outlasts(StatedFor older) => Purpose == older.Purpose
        && (older.Proof is not { } its || (Proof is { } own && own.Count > 0 == its.Count > 0 && its.All(own.Contains)));
}
