using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>
/// The six conditions of art. 130(4) Codice Privacy: e-mail; the address that the person gave in a sale; own products;
/// similar ones; told then and in each message; never refused. No assessment on top (CJEU C-654/23).
/// </summary>
internal static class SoftOptInProof
{
    public static Verdict Of(in Claim claim)
    {
        var question = claim.Question;
        if (question is { Basis: null, History.SoftOptIns.Count: 0 })
        {
            return claim.Denied(Reason.ConsentMissing);
        }

        if (!claim.IsAbout(ContactChannel.Email) || !IsInWindow(claim, out var windowEnd) || !AreTermsKept(question))
        {
            return claim.Denied(Reason.SoftOptInCondition);
        }

        for (var i = 0; i < question.History.SoftOptIns.Count; i++)
        {
            var given = question.History.SoftOptIns[i];
            if (IsSound(given) && !Addresses.AreOthers(given.Addresses, question.Identifiers) && given.From <= question.OccurredAt && WasInWindow(claim, given) && question.Now < given.Until)
            {
                return claim.Permitted(given.Id.ToString()) with
                {
                    RetentionTerm = given.RetentionTerm,
                    ConsentUntil = given.Until < windowEnd ? given.Until : windowEnd,
                    Fields = question.StatedAddresses is { } stated ? AddressFields.Confirmed(given, stated) : FieldSet.All,
                };
            }
        }

        return claim.Denied(Reason.SoftOptInCondition);
    }

    private static bool IsSound(SoftOptIn given) => given is { IsAddressFromSubject: true, IsSale: true, WasInformed: true };

    /// <summary>What the person does sends nothing; whatever is sent, or may be, must state its terms.</summary>
    private static bool AreTermsKept(GateQuestion question) =>
        !question.IsMessage || question.Message is { IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: true };

    /// <summary>By the sales known from before the contact, of which the one it was given in is one: a later sale opens no window for what came before it.</summary>
    private static bool WasInWindow(in Claim claim, SoftOptIn given) =>
        Stages.HasBoughtWithin(claim.Question.Facts, claim.Policy.SoftOptInWindow, claim.Policy, claim.Question.OccurredAt)
        || CalendarArithmetic.IsBefore(claim.Question.OccurredAt, given.From, claim.Policy.SoftOptInWindow, claim.Policy.Zone);

    private static bool IsInWindow(in Claim claim, out DateTimeOffset end)
    {
        end = default;
        if (claim.Question.Facts.LastPurchaseAt is not { } last)
        {
            return false;
        }

        end = claim.Policy.Add(last, claim.Policy.SoftOptInWindow);
        return claim.Question.Now < end;
    }
}
