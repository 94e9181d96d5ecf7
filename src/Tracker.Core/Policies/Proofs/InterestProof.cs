using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies.Proofs;

/// <summary>A legitimate interest: what is technical, the soft opt-in, or an assessment in force.</summary>
internal static class InterestProof
{
    // Art. 122 lets through what the technical session needs, which is never who the visitor is.
    private static readonly FieldSet Technical = ContentFields.Find("online.*")!.Value;

    // Counted visits must not be put together again to a visitor (Garante 231/2021).
    private static readonly FieldSet Minimised = Technical.Except(default(FieldSet).With(ContentField.OnlineSessionId));

    public static Verdict Of(in Claim claim) => claim.Admissible.Ground switch
    {
        EPrivacyGround.Technical122 => OfTechnical(claim),
        _ when BasisSwap.WhyNot(claim) is not Reason.None and var no => claim.Denied(no),
        // A child's interests weigh more (GDPR Art. 6(1)(f)).
        _ when Ages.MayBeMinor(claim.Policy, claim.Question) => claim.Denied(Reason.BasisNotAdmissible),
        EPrivacyGround.SoftOptIn1304 => SoftOptInProof.Of(claim),
        _ => OfAssessment(claim),
    };

    private static Verdict OfTechnical(in Claim claim)
    {
        if (!claim.Admissible.IsIfMinimised)
        {
            return claim.Permitted() with { Fields = Technical };
        }

        // What recognises somebody is not technical: it asks for consent.
        return claim.Question.IsMinimised ? claim.Permitted() with { Fields = Minimised }
            : claim.Denied(claim.Question is { HasPerson: true, Basis: null } ? Reason.ConsentMissing : Reason.EprivacyGround);
    }

    /// <summary>In force then and now, if need be by a renewal in between, while the person is active .</summary>
    private static Verdict OfAssessment(in Claim claim)
    {
        var then = Find(claim, claim.Question.OccurredAt);
        var now = then is { } same && claim.Question.Now < same.Until ? same : Find(claim, claim.Question.Now);
        return then is null || now is null || HasStoppedBeingActive(claim, claim.Question.OccurredAt, claim.Question.LastInteractionThen) || HasStoppedBeingActive(claim, claim.Question.Now, claim.Question.LastInteractionAt) ? claim.Denied(Reason.LiaMissing)
            : ReferenceEquals(then, now) ? Permitted(claim, now.Reference)
            : Permitted(claim, then.Reference, now.Reference);
    }

    private static Verdict Permitted(in Claim claim, params IReadOnlyList<string> evidenceIds) =>
        claim.Question.StatedAddresses is null || claim.Row.ContactChannels.Count == 0
            ? claim.Permitted(evidenceIds)
            : claim.Permitted(evidenceIds) with { Fields = AddressFields.Of(claim.Row.ContactChannels) };

    private static Assessment? Find(in Claim claim, DateTimeOffset instant)
    {
        var assessments = claim.Policy.Assessments;
        for (var i = 0; i < assessments.Count; i++)
        {
            var assessment = assessments[i];
            if (assessment.Purpose == claim.Purpose && assessment.From <= instant && instant < assessment.Until && Covers(assessment, claim))
            {
                return assessment;
            }
        }

        return null;
    }

    private static bool Covers(Assessment assessment, in Claim claim)
    {
        if (assessment.ContactChannels.Count == 0)
        {
            return true;
        }

        foreach (var medium in assessment.ContactChannels)
        {
            if (claim.IsAbout(medium))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>No contract, and the last act lies beyond the cap, which closes an account too (compliance 3.2, "active").</summary>
    private static bool HasStoppedBeingActive(in Claim claim, DateTimeOffset instant, DateTimeOffset? lastAct) =>
        !Stages.HasOpenContract(claim.Question.Facts, instant) && Stages.IsSilent(lastAct, claim.Policy, instant);
}
