using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>
/// Consents that cover the contact and now, exactly in controller, purpose, medium and recipient. One span that
/// covers both instants has no withdrawal between them: a withdrawal would have ended it.
/// </summary>
internal static class ConsentProof
{
    public static Verdict Of(in Claim claim)
    {
        // What also goes to a platform names it; the person's own consent to the purpose does not.
        var recipient = claim.Row.AlsoNeedsConsentTo.Count == 0 ? claim.Question.Recipient : "";
        var own = ConsentCover.Find(claim, claim.Purpose, recipient);
        if (own.Reason != Reason.None)
        {
            return claim.Denied(own.Reason);
        }

        var verdict = claim.Permitted(own.EvidenceIds()) with
        {
            ConsentUntil = own.Until,
            RetentionTerm = own.RetentionTerm,
            MaySee = own.IsExplicit ? SpecialCategorySet.OfArticle9 : SpecialCategories.CoveredBy(claim.Policy, claim.Purpose),
            // Only marketing is decided medium by medium.
            Fields = claim.Question.StatedAddresses is { } stated && claim.Row.ContactChannels.Count > 0 ? AddressFields.Confirmed(Standing(claim, own), stated) : FieldSet.All,
        };
        foreach (var further in claim.Row.AlsoNeedsConsentTo)
        {
            verdict = And(claim, verdict, ConsentCover.Find(claim, further, claim.Question.Recipient));
        }

        // Asked the other way round it is the same upload: nobody is put into an audience without consent to marketing there.
        return claim is { Purpose: Purpose.ThirdPartySharing, Question.ContactChannel: ContactChannel.SocialAudience }
            ? And(claim, verdict, ConsentCover.Find(claim, Purpose.DirectMarketing, recipient: ""))
            : verdict;
    }

    /// <summary>Of the consents that are the proof every medium that still counts.</summary>
    private static List<ConsentSpan> Standing(in Claim claim, in ConsentCover proof)
    {
        List<ConsentSpan> standing = [];
        var consents = claim.Question.History.Consents;
        for (var i = 0; i < consents.Count; i++)
        {
            if (consents[i].Purpose == claim.Purpose && !consents[i].IsPending && consents[i].Until > claim.Question.Now && proof.Consents.Contains(consents[i].Id))
            {
                standing.Add(consents[i]);
            }
        }

        return standing;
    }

    private static Verdict And(in Claim claim, Verdict verdict, ConsentCover other) =>
        !verdict.IsPermitted ? verdict
        : other.Reason != Reason.None ? claim.Denied(other.Reason)
        : verdict with
        {
            EvidenceIds = [.. verdict.EvidenceIds, .. other.EvidenceIds()],
            ConsentUntil = other.Until < verdict.ConsentUntil ? other.Until : verdict.ConsentUntil,
            RetentionTerm = StatedTerms.Shorter(verdict.RetentionTerm, other.RetentionTerm),
        };
}
