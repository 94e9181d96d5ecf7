namespace Tracker.Core.Model;

/// <summary>Where a person has said to live.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; empty: the policy's own.</param>
public sealed record Residence(string Country, DateTimeOffset StatedAt);
