namespace Tracker.Core.Consents;

/// <param name="IsCurrent">No newer version of it is in use.</param>
/// <param name="Controller">To whom a consent under it is given; empty: to the tenant.</param>
internal sealed record ShownNotice(Notice Notice, bool IsCurrent, string Controller);
