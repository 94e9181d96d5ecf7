using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>The time in which one consent counts, as the ledger tells it.</summary>
/// <param name="ContactChannel">The one medium it covers; Unspecified where the purpose needs none.</param>
/// <param name="Until">When it ended, or will end by itself.</param>
/// <param name="IsWithdrawn">It ended by the person's will, not by time.</param>
public sealed record ConsentSpan(
    ConsentId Id,
    Purpose Purpose,
    ContactChannel ContactChannel,
    DateTimeOffset From,
    DateTimeOffset Until,
    bool IsWithdrawn);
