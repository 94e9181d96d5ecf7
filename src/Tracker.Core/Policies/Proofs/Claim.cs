using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>One basis of one cell of the matrix that is to be proved.</summary>
internal readonly record struct Claim(Policy Policy, Purpose Purpose, MatrixRow Row, AdmissibleBasis Admissible, GateQuestion Question, Stage Stage)
{
    public LegalBasis Basis => Admissible.Basis;

    public Verdict Denied(Reason reason) => Verdict.Denied(Purpose, reason);

    public Verdict Permitted(params IReadOnlyList<string> evidenceIds) => new(Purpose, Basis, Admissible.Ground, evidenceIds, null, Reason.None)
    {
        MaySee = SpecialCategories.CoveredBy(Policy, Purpose),
    };

    /// <summary>Whether a medium is one of those in question: the one that is asked for, or any that the row speaks of.</summary>
    public bool IsAbout(ContactChannel medium) => Question.ContactChannel != ContactChannel.Unspecified
        ? medium == Question.ContactChannel || (medium == ContactChannel.Unspecified && Row.ContactChannels.Count == 0)
        : Row.ContactChannels.Count == 0 || Row.ContactChannels.Contains(medium);
}
