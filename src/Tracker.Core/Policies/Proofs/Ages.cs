using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies.Proofs;

/// <summary>The rules for children: of a consent by where the person lived when it was given, of what is done with it by where they live now (E13).</summary>
internal static class Ages
{
    /// <summary>Who was a minor when it happened; of unknown age where the source is directed at children (E15).</summary>
    public static bool MayBeMinor(Policy policy, GateQuestion question) => MayBeMinor(policy, question.Age, question.IsChildDirected, question.OccurredAt);

    public static bool MayBeMinor(Policy policy, SubjectAge? age, bool isChildDirected, DateTimeOffset instant) =>
        IsUnknown(age, isChildDirected) || (age is not null && IsMinor(policy, age, instant));

    /// <summary>A source that is directed at children has to have been told.</summary>
    public static bool IsUnknown(SubjectAge? age, bool isChildDirected) => isChildDirected && age?.IsOfAnother != false;

    public static bool IsMinor(Policy policy, SubjectAge age, DateTimeOffset instant) =>
        !HadReached(policy, age, policy.Children.AdultAge, instant);

    /// <summary>No profile of a minor is made, whoever agrees (recital 71, R-045), nor of unknown age where the source is directed at children.</summary>
    public static bool IsProfileOfMinor(Policy policy, Purpose purpose, SubjectAge? age, bool isChildDirected, DateTimeOffset instant) =>
        IsBarredToMinors(policy, purpose) && MayBeMinor(policy, age, isChildDirected, instant);

    public static bool IsBarredToMinors(Policy policy, Purpose purpose) =>
        purpose is Purpose.Profiling or Purpose.Personalisation && !policy.Children.MayProfileMinors;

    /// <summary>
    /// Whether it never was a consent: a child gave it alone, a guardian for somebody old enough, or it is to the profile of somebody who was a
    /// minor then. Growing up makes none of them one (R-043, R-045, E14).
    /// </summary>
    public static bool IsVoid(Policy policy, SubjectAge? age, bool isChildDirected, ConsentSpan consent) =>
        NeedsGuardian(policy, age, isChildDirected, consent)
        || LacksAuthority(policy, age, consent)
        || IsProfileOfMinor(policy, consent.Purpose, age, isChildDirected, consent.From);

    /// <summary>
    /// Whether a guardian gave it who had no authority any more, by what is known of the age now. The age of another profile of the person
    /// bars only what the person did. What was lawful where they lived then does not end by moving (E12, E13).
    /// </summary>
    public static bool LacksAuthority(Policy policy, SubjectAge? age, ConsentSpan consent) =>
        consent.IsByGuardian && age is { IsOfAnother: false } && HadReached(policy, age, AgeThen(policy, age, consent), consent.From);

    /// <summary>
    /// Whether the person could not give it alone. What a guardian gave stays valid when the child grows up (E12); what a
    /// child gave does not become valid by growing up.
    /// </summary>
    public static bool NeedsGuardian(Policy policy, SubjectAge? age, bool isChildDirected, ConsentSpan consent) =>
        !consent.IsByGuardian
        && (IsUnknown(age, isChildDirected) || (age is not null && !HadReached(policy, age, AgeOfConsent(policy, age, consent), consent.From)));

    /// <summary>
    /// Whether the person gave it alone and is too young at that instant for where they live then: it rests until the birthday, a move back or a
    /// guardian's consent, and what was collected under it stays (E13).
    /// </summary>
    public static bool IsPaused(Policy policy, SubjectAge? age, ConsentSpan consent, DateTimeOffset instant) =>
        !consent.IsByGuardian
        && age is not null
        && AgeAt(policy, age, consent, instant) is var then
        // Whoever could give it by the rules of then was old enough, and is since.
        && then > AgeOfConsent(policy, age, consent)
        && !HadReached(policy, age, then, instant);

    /// <returns>Since when it rests at that instant: since the first move that was told, or change of the law, after which it has rested all along; null: it does not.</returns>
    public static DateTimeOffset? PausedSince(Policy policy, SubjectAge? age, ConsentSpan consent, DateTimeOffset instant)
    {
        if (!IsPaused(policy, age, consent, instant))
        {
            return null;
        }

        var changes = age!.Lived.Select(residence => residence.StatedAt).Where(stated => stated > consent.From && stated <= instant)
            .Concat(policy.ChangesBetween(consent.From, instant));
        return changes.OrderDescending().Cast<DateTimeOffset?>().FirstOrDefault(change => !IsPaused(policy, age, consent, change!.Value.AddTicks(-1))) ?? consent.From;
    }

    /// <summary>From which they could give it: of what it was judged by and of what is known now of where they lived then, the higher one.</summary>
    private static int AgeOfConsent(Policy policy, SubjectAge age, ConsentSpan consent) => Math.Max(consent.AgeOfConsent, AgeThen(policy, age, consent));

    /// <summary>Of somebody who has not moved as it was judged by: a country may have changed its law since.</summary>
    private static int AgeThen(Policy policy, SubjectAge age, ConsentSpan consent) =>
        consent.AgeOfConsent > 0 && !age.HasMoved ? consent.AgeOfConsent : AgeAt(policy, age, consent, consent.From);

    /// <summary>From which they decide alone where they lived at that instant, by the law as the policy of then had it (C5).</summary>
    private static int AgeAt(Policy policy, SubjectAge age, ConsentSpan consent, DateTimeOffset instant) =>
        policy.InForceAt(instant).Children.AgeFor(age, consent.IsOffline, instant);

    /// <summary>The calendar of the policy is asked only of somebody whose birthday that day may be: the zone moves a day by one at most.</summary>
    private static bool HadReached(Policy policy, SubjectAge age, int years, DateTimeOffset instant)
    {
        var day = DateOnly.FromDateTime(instant.UtcDateTime);
        return (day > DateOnly.MinValue && age.HasReached(years, day.AddDays(-1)))
            || (age.HasReached(years, day < DateOnly.MaxValue ? day.AddDays(1) : day) && age.HasReached(years, CalendarArithmetic.LocalDate(instant, policy.Zone)));
    }
}
