namespace Tracker.Core.Model;

/// <summary>
/// Somebody said that two profiles are one person, took that back, or said that they are two. Links are only added, never changed, and stand on the
/// control document of every profile of the person: who did what to it stays known (GDPR Art. 5(2)).
/// </summary>
public sealed record ProfileLink
{
    public required LinkId Id { get; init; }

    /// <summary>The older of the two.</summary>
    public required ProfileId First { get; init; }

    public required ProfileId Second { get; init; }

    /// <summary>The link that this one takes back, itself where the two are two people; null: it joins.</summary>
    public LinkId? Undoes { get; init; }

    public required DateTimeOffset LinkedAt { get; init; }

    public required SourceId Source { get; init; }

    /// <summary>Where the reason is on file; never a personal name. Empty: not stated.</summary>
    public string CaseReference { get; init; } = "";

    public static ProfileLink Between(ProfileId a, ProfileId b, SourceId source, string caseReference, DateTimeOffset now) => new()
    {
        Id = LinkId.New(now),
        First = a.CompareTo(b) < 0 ? a : b,
        Second = a.CompareTo(b) < 0 ? b : a,
        LinkedAt = now,
        Source = source,
        CaseReference = caseReference,
    };

    public bool IsDenial => Undoes == Id;

    /// <summary>It joins nothing, and says that somebody has looked.</summary>
    public ProfileLink AsDenial() => this with { Undoes = Id };

    public ProfileLink TakenBack(SourceId source, string caseReference, DateTimeOffset now) =>
        this with { Id = LinkId.New(now), Undoes = Id, LinkedAt = now, Source = source, CaseReference = caseReference };

    public bool IsBetween(ProfileId a, ProfileId b) => (First == a && Second == b) || (First == b && Second == a);
}
