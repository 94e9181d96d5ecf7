using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>A legitimate-interest assessment: the proof of LEGITIMATE_INTEREST for a purpose while it is in force (EDPB 1/2024).</summary>
/// <param name="ContactChannels">The media it covers; empty: the purpose has none.</param>
/// <param name="Until">Exclusive; an assessment is renewed, never endless.</param>
public sealed record Assessment(
    string Id,
    string Version,
    Purpose Purpose,
    IReadOnlySet<ContactChannel> ContactChannels,
    DateTimeOffset From,
    DateTimeOffset Until)
{
    /// <summary>"id@version", as grants carry it.</summary>
    public string Reference => $"{Id}@{Version}";
}
