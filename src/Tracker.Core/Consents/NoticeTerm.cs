using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Consents;

/// <summary>How long a notice says that data is kept for a purpose: from the contact, of contact details from the last act of the person.</summary>
public sealed record NoticeTerm(Purpose Purpose, CalendarPeriod Period)
{
    /// <summary>What is promised to somebody who is shown the notice now: what it states, else what the rules in force keep.</summary>
    /// <param name="isMeant">The bases that it is promised for.</param>
    internal static CalendarPeriod? Promised(Notice notice, Purpose purpose, Policy policy, Func<AdmissibleBasis, bool> isMeant) =>
        notice.Scope.RetentionTerms.FirstOrDefault(term => term.Purpose == purpose)?.Period
        ?? StatedTerms.Longest(StatedTerms.RulesInUse(policy, purpose, isMeant));
}
