using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>What a micro-batch intends for one profile, gathered while its interactions are looked up.</summary>
public sealed class ProfilePlan(ProfileChange change)
{
    public ProfileChange Change { get; } = change;

    public bool HasDuplicate { get; set; }

    public bool HasFresh { get; private set; }

    public bool IsStale { get; set; }

    /// <summary>The latest end of the records to store.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>The latest end of what the change brings, its contact included.</summary>
    public DateTimeOffset UntilWithContact => Change.Contact is { } contact ? Holding.Later(Until, contact.ExpireAt) : Until;

    public void Note(InteractionWrite write, InteractionStanding standing)
    {
        if (standing == InteractionStanding.Fresh)
        {
            Until = HasFresh ? ExpiryStamps.Later(Until, write.End) : write.End;
            HasFresh = true;
        }
        else if (standing == InteractionStanding.Duplicate)
        {
            HasDuplicate = true;
        }
    }

    /// <returns>Whether the contact ends earlier than the one it replaces, so that the end of the profile is counted anew.</returns>
    public bool ContactEndsEarlier(ContactDocument? stored) =>
        Change.Contact is { } contact && stored is not null && (stored.ExpireAt is null || stored.ExpireAt > contact.ExpireAt);
}
