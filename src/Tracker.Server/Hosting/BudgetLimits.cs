namespace Tracker.Server.Hosting;

/// <param name="SmallBytes">A message of so many bytes or fewer is read without asking.</param>
/// <param name="MaxMessageBytes">One of more is refused.</param>
/// <param name="MessageTimeout">How long a large message may take to arrive once it is read.</param>
internal sealed record BudgetLimits(long SmallBytes, long MaxMessageBytes, TimeSpan MessageTimeout, TimeProvider Time);
