namespace Tracker.Bench.Ratios;

/// <param name="Small">Stored records and customers of a store that counts as empty.</param>
/// <param name="Environment">NAME=VALUE of the server, besides what the image sets.</param>
internal sealed record RatioSettings(int Pairs, int Small, int Middle, int Large, TimeSpan PacedFor, IReadOnlyList<string> Environment);
