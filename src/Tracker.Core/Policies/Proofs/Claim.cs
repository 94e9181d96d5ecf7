using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>One basis of one cell of the matrix that is to be proved.</summary>
internal readonly record struct Claim(Policy Policy, Purpose Purpose, MatrixRow Row, AdmissibleBasis Admissible, GateQuestion Question, Stage StageThen, Stage Stage)
{
    public LegalBasis Basis => Admissible.Basis;

    public Verdict Denied(Reason reason) => Verdict.Denied(Purpose, reason);

    public Verdict Permitted(params IReadOnlyList<string> evidenceIds) => new(Purpose, Basis, Admissible.Ground, evidenceIds, null, Reason.None)
    {
        MaySee = SpecialCategories.CoveredBy(Policy, Purpose),
    };

    /// <summary>
    /// Whether a consent to a medium speaks of what is claimed. Where no medium is asked for, those to all media do that the purpose has on the same ground:
    /// whether one act gave them or several.
    /// </summary>
    public bool MayRestOnConsentTo(ContactChannel medium)
    {
        if (IsAbout(medium))
        {
            return true;
        }

        var rows = Policy.Purposes[Purpose].Rows;
        for (var i = 0; Question.ContactChannel == ContactChannel.Unspecified && Row.AlsoNeedsConsentTo.Count == 0 && i < rows.Count; i++)
        {
            if (rows[i].ContactChannels.Contains(medium) && rows[i].AlsoNeedsConsentTo.Count == 0 && rows[i].Cells[StageThen].Contains(Admissible) && rows[i].Cells[Stage].Contains(Admissible))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a medium is one of those in question: the one that is asked for, or any that the row speaks of.</summary>
    public bool IsAbout(ContactChannel medium) => Question.ContactChannel != ContactChannel.Unspecified
        ? medium == Question.ContactChannel || (medium == ContactChannel.Unspecified && Row.ContactChannels.Count == 0)
        : Row.ContactChannels.Count == 0 || Row.ContactChannels.Contains(medium);
}
