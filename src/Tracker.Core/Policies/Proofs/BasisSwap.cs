using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>Whose consent was withdrawn, or who refused it, is not asked on another basis (EDPB 05/2020, 6; R-021, E38).</summary>
internal static class BasisSwap
{
    /// <summary>Whether it is a basis that takes the place of consent: an interest that is not technical, for marketing a contract as well.</summary>
    public static bool MayForbid(Policy policy, Purpose purpose, LegalBasis basis, EPrivacyGround ground) => basis switch
    {
        LegalBasis.LegitimateInterest => ground != EPrivacyGround.Technical122,
        LegalBasis.Contract or LegalBasis.PreContract => ObjectionSpan.IsAbsoluteTo(purpose, policy.ObjectionReach),
        _ => false,
    };

    /// <summary>
    /// What belongs to marketing is not asked on a contract either, though the contract has it as a feature: the person said no to
    /// it. What else a contract is for is owed whatever became of a consent beside it.
    /// </summary>
    public static Reason WhyNotByContract(in Claim claim) =>
        MayForbid(claim.Policy, claim.Purpose, claim.Basis, claim.Admissible.Ground) ? WhyNot(claim) : Reason.None;

    /// <summary>
    /// What a consent covered that was withdrawn goes with it, if it was kept on another basis because the consent was not known yet: it would have been the consent's. What was kept
    /// beside a consent that was known has a basis of its own.
    /// </summary>
    /// <param name="decidedAt">When it was kept.</param>
    /// <returns>When the first of those that covered that instant was withdrawn; null: none was.</returns>
    public static DateTimeOffset? FindWithdrawal(PermissionHistory history, Purpose purpose, Func<ContactChannel, bool> isMeant, DateTimeOffset at, DateTimeOffset decidedAt)
    {
        DateTimeOffset? first = null;
        for (var i = 0; i < history.Consents.Count; i++)
        {
            var consent = history.Consents[i];
            if (consent is { Recipient.Length: 0, Controller.Length: 0, IsPending: false, End: SpanEnd.Withdrawn or SpanEnd.Revoked }
                && consent.Purpose == purpose
                && consent.RecordedAt > decidedAt
                && consent.From <= at
                && at < consent.Until
                && (consent.ContactChannel == ContactChannel.Unspecified || isMeant(consent.ContactChannel))
                && !(first <= consent.Until))
            {
                first = consent.Until;
            }
        }

        return first;
    }

    /// <returns>None: nothing is in the way.</returns>
    public static Reason WhyNot(in Claim claim) =>
        IsForbidden(claim.Question, claim.Purpose, claim.Row) || IsRefused(claim) ? Reason.BasisSwapForbidden
        : HasIntervened(claim) ? Reason.WithdrawalIntervened
        : Reason.None;

    /// <summary>
    /// A no without a known consent counts as that of a known one, for the gate that lets in and for the end of what is kept alike:
    /// the consent may still come, and the order of arrival decides nothing. What was kept before the no has its own basis.
    /// </summary>
    /// <param name="isMeant">Whether a medium is in question.</param>
    /// <returns>The one that stands at that instant; null: none does, or a consent of the person's own was given since.</returns>
    public static Refusal? FindRefusal(PermissionHistory history, Policy policy, Purpose purpose, Func<ContactChannel, bool> isMeant, DateTimeOffset at)
    {
        bool IsAbout(ContactChannel medium) => medium == ContactChannel.Unspecified || isMeant(medium);

        return !policy.Purposes.TryGetValue(purpose, out var rule) || !rule.MayRestOnConsent ? null : history.Refusals.FirstOrDefault(refusal =>
            refusal.Purpose == purpose
            && refusal.From <= at
            && IsAbout(refusal.ContactChannel)
            && !history.Consents.Any(given => given.Purpose == purpose && given.From >= refusal.From && IsAbout(given.ContactChannel) && IsOwn(given, at)));
    }

    /// <summary>Then or now: a yes of later covers nothing that came while the no stood.</summary>
    private static bool IsRefused(in Claim claim)
    {
        var (question, policy, purpose) = (claim.Question, claim.Policy, claim.Purpose);
        if (question.History.Refusals.Count == 0)
        {
            return false;
        }

        var asked = claim;
        return FindRefusal(question.History, policy, purpose, asked.IsAbout, question.Now) is not null
            || FindRefusal(question.History, policy, purpose, asked.IsAbout, question.OccurredAt) is not null;
    }

    /// <summary>
    /// The person said no between the contact and now, whatever was given since: a yes of later covers nothing before it, and what would have gone with the no
    /// had it arrived in time does not stay by arriving late (the double-time test of compliance 3.7).
    /// </summary>
    private static bool HasIntervened(in Claim claim)
    {
        var refusals = claim.Question.History.Refusals;
        for (var i = 0; i < refusals.Count; i++)
        {
            if (refusals[i].Purpose == claim.Purpose
                && refusals[i].From >= claim.Question.OccurredAt
                && refusals[i].From <= claim.Question.Now
                && (refusals[i].ContactChannel == ContactChannel.Unspecified || claim.IsAbout(refusals[i].ContactChannel)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOwn(ConsentSpan given, DateTimeOffset at) =>
        given is { Recipient.Length: 0, Controller.Length: 0, IsPending: false } && given.From <= at && given.Until > at;

    /// <param name="row">Null: any medium that is asked for.</param>
    public static bool IsForbidden(GateQuestion question, Purpose purpose, MatrixRow? row)
    {
        var consents = question.History.Consents;
        for (var i = 0; i < consents.Count; i++)
        {
            var ended = consents[i];
            if (ended.Purpose == purpose
                && ended.End is SpanEnd.Withdrawn or SpanEnd.Revoked
                && ended.Until <= question.Now
                && IsMeant(question, row, ended.ContactChannel)
                && !IsGivenAnew(consents, ended, question))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMeant(GateQuestion question, MatrixRow? row, ContactChannel medium) =>
        medium == ContactChannel.Unspecified
        || (question.ContactChannel != ContactChannel.Unspecified
            ? medium == question.ContactChannel
            : row is null || row.ContactChannels.Count == 0 || row.ContactChannels.Contains(medium));

    private static bool IsGivenAnew(IReadOnlyList<ConsentSpan> consents, ConsentSpan ended, GateQuestion question)
    {
        for (var i = 0; i < consents.Count; i++)
        {
            var given = consents[i];
            if (given.Purpose == ended.Purpose
                && given.ContactChannel == ended.ContactChannel
                && given.Recipient == ended.Recipient
                && given.Controller.Length == 0
                && !given.IsPending
                && given.From >= ended.Until
                && given.Until > question.Now)
            {
                return true;
            }
        }

        return false;
    }
}
