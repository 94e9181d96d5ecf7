using Tracker.Core.Model;

namespace Tracker.Core.Policies.History;

/// <summary>The time in which an objection stands (GDPR Art. 21).</summary>
/// <param name="ContactChannel">The one medium it is about; Unspecified: all.</param>
/// <param name="Until">Ended by a newer consent of the person or by its rejection; an objection has no expiry (DateTimeOffset.MaxValue).</param>
/// <param name="IsUpheld">Decided in favour of the person: what rests on the interest goes. Absolute ones always are.</param>
public sealed record ObjectionSpan(
    ConsentId Id,
    Purpose Purpose,
    ContactChannel ContactChannel,
    DateTimeOffset From,
    DateTimeOffset Until,
    bool IsUpheld)
{
    /// <summary>About direct marketing or what belongs to it: nothing of it is left to decide, and no basis outweighs it (GDPR Art. 21(2), (3)).</summary>
    public bool IsAbsolute { get; init; }

    /// <summary>Compelling grounds prevail (GDPR Art. 21(1)): from <see cref="Until"/> on it binds nothing, what came before it included.</summary>
    public bool IsRejected { get; init; }

    /// <param name="reach">What an objection to all of a purpose is an objection to as well.</param>
    public static bool IsAbsoluteTo(Purpose purpose, IReadOnlyDictionary<Purpose, IReadOnlySet<Purpose>> reach) =>
        purpose == Purpose.DirectMarketing || (reach.TryGetValue(Purpose.DirectMarketing, out var reached) && reached.Contains(purpose));
}
