namespace Tracker.Core.Model;

/// <summary>An identifier in clear, as a caller sent it. It lives in memory only.</summary>
public sealed record Identifier(IdentifierKind Kind, string Value)
{
    // A record would print the value; logs and messages must never hold it.
    public override string ToString() => $"{Kind}";
}
