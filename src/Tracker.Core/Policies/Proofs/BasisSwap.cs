using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>Whose consent was withdrawn is not asked on another basis (EDPB 05/2020, 6; R-021, E38).</summary>
internal static class BasisSwap
{
    /// <summary>
    /// What belongs to marketing is not asked on a contract either, though the contract has it as a feature: the person said no to
    /// it. What else a contract is for is owed whatever became of a consent beside it.
    /// </summary>
    public static bool IsForbiddenByContract(in Claim claim) =>
        ObjectionSpan.IsAbsoluteTo(claim.Purpose, claim.Policy.ObjectionReach) && IsForbidden(claim.Question, claim.Purpose, claim.Row);

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
