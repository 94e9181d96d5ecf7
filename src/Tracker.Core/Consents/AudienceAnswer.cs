namespace Tracker.Core.Consents;

/// <summary>Who of an audience may be addressed.</summary>
/// <param name="People">One answer per person, in the order asked.</param>
/// <param name="CheckedAt">When the store was asked.</param>
/// <param name="ValidUntil">From here on it no longer counts.</param>
public sealed record AudienceAnswer(IReadOnlyList<PermissionAnswer> People, DateTimeOffset CheckedAt, DateTimeOffset ValidUntil, string PolicyVersion, ReadOnlyMemory<byte> PolicySha256);
