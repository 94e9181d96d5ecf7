using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>Objections end what rests on an interest and, for marketing, what rests on consent as well; contract and law go on (E29, R-076).</summary>
internal static class Objections
{
    /// <param name="medium">The medium in question; Unspecified: an objection to a single one is not meant.</param>
    /// <returns>Whether one stood at any time from the contact until now; one that was rejected binds nothing any more.</returns>
    public static bool Stand(in Claim claim, ContactChannel medium)
    {
        var objections = claim.Question.History.Objections;
        for (var i = 0; i < objections.Count; i++)
        {
            if (objections[i].From <= claim.Question.Now
                && objections[i].Until > (objections[i].IsRejected ? claim.Question.Now : claim.Question.OccurredAt)
                && Reaches(claim, objections[i], medium))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An objection to one medium is about that medium; one to all reaches what belongs to the purpose as well (GDPR Art. 21(2)).</summary>
    private static bool Reaches(in Claim claim, ObjectionSpan objection, ContactChannel medium) => objection.ContactChannel == ContactChannel.Unspecified
        ? objection.Purpose == claim.Purpose
            || (claim.Policy.ObjectionReach.TryGetValue(objection.Purpose, out var reach) && reach.Contains(claim.Purpose))
        : objection.Purpose == claim.Purpose
            && (objection.ContactChannel == medium || (claim.Basis == LegalBasis.LegitimateInterest && claim.IsAbout(objection.ContactChannel)));
}
