namespace Tracker.Core.Policies.History;

/// <summary>A look for the person's number into the public register of objections (RPO, art. 130(3-bis) Codice Privacy). What it found has ended consents.</summary>
public sealed record RegisterCheck(DateTimeOffset CheckedAt);
