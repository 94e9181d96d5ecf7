using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>How long data is kept for a purpose, as a notice says it: from the contact, of contact details from the last act of the person.</summary>
public sealed record NoticeTerm(Purpose Purpose, CalendarPeriod Period);
