using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Consents;

/// <summary>Who may decide for a person (GDPR Art. 8; art. 2-quinquies Codice Privacy). An age nobody has stated is taken for that of an adult.</summary>
internal static class Authority
{
    /// <param name="isChildDirected">The source is directed at children: whose age nobody has stated is one (E15).</param>
    /// <param name="livedAt">Of which instant the residence counts; null: of when it was given.</param>
    /// <returns>With the age that counted.</returns>
    public static ConsentEntry CheckGift(Policy policy, SubjectAge? age, ConsentEntry gift, bool isChildLanguage, bool isChildDirected, DateTimeOffset? livedAt = null)
    {
        if (Ages.IsProfileOfMinor(policy, gift.Purpose, age, isChildDirected, gift.EffectiveAt))
        {
            throw RefusalException.MinorProfiling(policy.Children.AdultAge);
        }

        if (Ages.IsUnknown(age, isChildDirected) && gift.Actor != DecisionActor.Guardian)
        {
            throw RefusalException.GuardianRequired("age", "must be stated, or actor be GUARDIAN: whose age is not known is a child to a source directed at children (GDPR Art. 8)");
        }

        if (age is null)
        {
            return gift with { AgeOfConsent = 0 };
        }

        var day = CalendarArithmetic.LocalDate(gift.EffectiveAt, policy.Zone);
        var ageOfConsent = policy.Children.AgeFor(age, gift.IsOffline, livedAt ?? gift.EffectiveAt);
        var isOldEnough = age.HasReached(ageOfConsent, day);
        var isByGuardian = gift.Actor == DecisionActor.Guardian;
        RefuseIf(isByGuardian && isOldEnough);
        if (!isByGuardian && !isOldEnough)
        {
            throw RefusalException.GuardianRequired("actor", "must be GUARDIAN: the person is too young to decide alone (GDPR Art. 8)");
        }

        if (!isByGuardian && !age.HasReached(policy.Children.AdultAge, day) && !isChildLanguage)
        {
            throw RefusalException.GuardianRequired("notice_version", "must be one in a child's language: a minor decides alone on no other (GDPR Art. 12(1))");
        }

        // Where nobody has said where they live, what becomes known of that first was so all along.
        return gift with { AgeOfConsent = gift.IsOffline || age.Lived.Count > 0 ? ageOfConsent : 0 };
    }

    /// <summary>
    /// Authority passes to the child with the birthday; what a guardian gave before stays valid (R-044, E12). What counts is
    /// the day he decided, and what he gave outside an online service he may take back for as long as he could give it.
    /// </summary>
    public static void CheckRefusal(LedgerView view, ConsentEntry refusal)
    {
        if (refusal.Actor != DecisionActor.Guardian || view.Person.AgeOf(view.Age) is not { } age)
        {
            return;
        }

        // In doubt a no counts: he could say it where they lived then, or can where they live now.
        var isOffline = view.Ledger.Any(gift => gift is { IsGift: true, IsOffline: true, Actor: DecisionActor.Guardian } && gift.Purpose == refusal.Purpose);
        var ageOfConsent = Math.Max(view.Policy.Children.AgeFor(age, isOffline, refusal.EffectiveAt), view.Policy.Children.AgeFor(age, isOffline));
        RefuseIf(age.HasReached(ageOfConsent, CalendarArithmetic.LocalDate(refusal.EffectiveAt, view.Policy.Zone)));
    }

    /// <summary>
    /// The consents as they are by what is known of the age now: what a minor could not give never was one, whatever was known
    /// of the age then (R-043, R-045, E14). As the gate has it.
    /// </summary>
    /// <param name="isChildDirected">Whoever asks is a source directed at children: who may be one, is one (E15).</param>
    public static PermissionHistory AsKnownNow(PermissionHistory history, Policy policy, SubjectAge? age, bool isChildDirected) =>
        age is null && !isChildDirected ? history : history with
        {
            Consents =
            [
                .. history.Consents.Select(span =>
                    Ages.IsVoid(policy, age, isChildDirected, span)
                        ? span with { Until = span.From, End = SpanEnd.Invalidated, EndedBy = null }
                        : span),
            ],
        };

    private static void RefuseIf(bool hasNoAuthority)
    {
        if (hasNoAuthority)
        {
            throw RefusalException.NoAuthority();
        }
    }
}
