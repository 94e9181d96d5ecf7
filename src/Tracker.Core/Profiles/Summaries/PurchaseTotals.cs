using Tracker.Core.Model;

namespace Tracker.Core.Profiles.Summaries;

/// <summary>Sales in one currency, each counted once, by its act and not by its delivery.</summary>
/// <param name="Units">Pieces of all lines that may be seen.</param>
/// <param name="Ended">Cancellations and returns, and what they were about.</param>
public sealed record PurchaseTotals(int Orders, decimal Units, Money Revenue, Money Average, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Ended, Money EndedAmount);
