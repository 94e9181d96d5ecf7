namespace Tracker.Core.Policies.History;

/// <summary>What the public register of objections (RPO, art. 130(3-bis) Codice Privacy) said of the person's number.</summary>
/// <param name="ListedSince">When the number was entered; null: it is not on the list.</param>
public sealed record RegisterCheck(DateTimeOffset CheckedAt, DateTimeOffset? ListedSince);
