namespace Tracker.Server.Tests.Import;

/// <summary>A calendar that stands still over timers that run, for tests that use a real connection.</summary>
internal sealed class FixedDay(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
