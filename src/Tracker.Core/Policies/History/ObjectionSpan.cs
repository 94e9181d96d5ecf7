using Tracker.Core.Model;

namespace Tracker.Core.Policies.History;

/// <summary>The time in which an objection stands (GDPR Art. 21).</summary>
/// <param name="ContactChannel">The one medium it is about; Unspecified: all.</param>
/// <param name="Until">Ended by a newer consent of the person or by its rejection; an objection has no expiry (DateTimeOffset.MaxValue).</param>
/// <param name="IsUpheld">Decided in favour of the person: what rests on the interest goes. Marketing objections always are.</param>
public sealed record ObjectionSpan(
    ConsentId Id,
    Purpose Purpose,
    ContactChannel ContactChannel,
    DateTimeOffset From,
    DateTimeOffset Until,
    bool IsUpheld);
