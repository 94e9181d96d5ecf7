using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>One end of a rule: a limit (never later) or a statutory floor (never earlier), counted from an anchor.</summary>
public sealed record Terminator(Anchor Anchor, CalendarPeriod Period, bool IsFloor);
