using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>When everything of a profile is looked at again because of an interaction that is kept.</summary>
internal static class ReviewTimes
{
    /// <param name="facts">Those of the profile, this interaction included.</param>
    public static IEnumerable<DateTimeOffset> Of(Interaction interaction, InteractionDecision decision, ProfileDraft profile, Facts facts, DateTimeOffset now)
    {
        foreach (var plan in decision.Records)
        {
            if (GrantEnds.StripAt(plan.Grants) is { } strip)
            {
                yield return strip;
            }
        }

        if (profile.StripsContactAt is { } contactStrip)
        {
            yield return contactStrip;
        }

        if (profile.Lapse is not null || IsOver(interaction, facts) || (interaction.OrderReference is { } order && profile.NoteOrder(order)))
        {
            yield return now;
        }
    }

    /// <summary>It ends what is kept already, or belongs itself to what has ended: it may have come before its own order.</summary>
    private static bool IsOver(Interaction interaction, Facts facts) =>
        interaction.Fact is FactKind.AccountClosed or FactKind.ContractEnded or FactKind.DebtSettled or FactKind.LoyaltyLeft
        || facts.AccountClosedAt >= interaction.OccurredAt
        || facts.ContractEndedAt >= interaction.OccurredAt
        || facts.DebtSettledAt >= interaction.OccurredAt
        || facts.LoyaltyLeftAt >= interaction.OccurredAt;
}
