using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>What an objection is one to, for the gate that lets in and for the end of what is kept alike (GDPR Art. 21; E29, R-076).</summary>
internal static class Objections
{
    /// <summary>
    /// To this purpose on this basis: what belongs to marketing on every one that is no duty by law (Art. 21(3)), all else where
    /// the person is asked (an interest, a consent); contracts go on (Art. 21(1)). One to one medium reaches no other purpose.
    /// </summary>
    public static bool IsTo(ObjectionSpan objection, Policy policy, Purpose purpose, LegalBasis basis) =>
        (objection.IsAbsolute ? basis != LegalBasis.LegalObligation : basis is LegalBasis.LegitimateInterest or LegalBasis.Consent)
        && (objection.Purpose == purpose
            || (objection.ContactChannel == ContactChannel.Unspecified && policy.ObjectionReach.TryGetValue(objection.Purpose, out var reach) && reach.Contains(purpose)));

    /// <param name="medium">The medium in question; Unspecified: an objection to a single one is not meant.</param>
    /// <returns>Whether one stood at any time from the contact until now; one that was rejected binds nothing any more.</returns>
    public static bool Stand(in Claim claim, ContactChannel medium)
    {
        var objections = claim.Question.History.Objections;
        for (var i = 0; i < objections.Count; i++)
        {
            if (objections[i].From <= claim.Question.Now
                && objections[i].Until > (objections[i].IsRejected ? claim.Question.Now : claim.Question.OccurredAt)
                && IsTo(objections[i], claim.Policy, claim.Purpose, claim.Basis)
                && IsAbout(claim, objections[i].ContactChannel, medium))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAbout(in Claim claim, ContactChannel objected, ContactChannel medium) =>
        objected == ContactChannel.Unspecified
        || objected == medium
        || (claim.Basis == LegalBasis.LegitimateInterest && claim.IsAbout(objected));
}
