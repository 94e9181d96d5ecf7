namespace Tracker.Core.Model;

/// <summary>An identifier in clear, as a caller sent it. It lives in memory only.</summary>
public sealed record Identifier(IdentifierKind Kind, string Value)
{
    /// <summary>How many one interaction or one consent may come with.</summary>
    public const int MaxTogether = 16;

    /// <summary>Whose number it is, where systems of the tenant number on their own, such as "crm"; empty: the source's usual one.</summary>
    public string Scheme { get; init; } = "";

    // A record would print the value; logs and messages must never hold it.
    public override string ToString() => $"{Kind}";
}
