namespace Tracker.Core.Consents;

/// <param name="NextPageToken">Empty at the end.</param>
public sealed record ConsentPage(IReadOnlyList<ConsentEntry> Entries, string NextPageToken);
