using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Policies.Proofs;

namespace Tracker.Core.Consents;

/// <summary>
/// What the other profiles of the same person mean for one: every no, and never a yes (E07). So a merge permits nothing that was
/// not permitted before it, and one that is taken back leaves nothing behind that rested on somebody else.
/// </summary>
/// <param name="Noes">Refusals, withdrawals, objections and what became of them, entries in the register of objections.</param>
/// <param name="AreRestricted">One of them is stored and not used (GDPR Art. 18).</param>
/// <param name="Minor">The age of the youngest of them that is a minor; null: none is known to be.</param>
public sealed record OtherProfiles(IReadOnlyList<ConsentEntry> Noes, bool AreRestricted, SubjectAge? Minor)
{
    public static readonly OtherProfiles None = new([], AreRestricted: false, Minor: null);

    public static OtherProfiles Of(IReadOnlyList<(Control Control, IReadOnlyList<ConsentEntry> Ledger, SubjectAge? Age)> others, Policy policy, DateTimeOffset now) => others.Count == 0
        ? None
        : new(
            [.. others.SelectMany(other => other.Ledger).Where(IsNo)],
            others.Any(other => other.Control.IsRestricted),
            others.Select(other => other.Age).OfType<SubjectAge>().Where(age => Ages.IsMinor(policy, age, now)).MaxBy(age => age.BirthDate));

    /// <summary>The ledger of the one profile, as the person's noes have it.</summary>
    public PermissionHistory Fold(IReadOnlyList<ConsentEntry> own, Activity activity) => ConsentHistory.Fold(Noes.Count == 0 ? own : [.. own, .. Noes], activity);

    /// <summary>Of two that are known the younger counts.</summary>
    public SubjectAge? AgeOf(SubjectAge? own) => Minor is not null && !(own?.BirthDate > Minor.BirthDate) ? Minor : own;

    /// <summary>The profile as the person is treated.</summary>
    public Control Restrict(Control own) => AreRestricted && !own.IsRestricted ? own with { IsRestricted = true } : own;

    private static bool IsNo(ConsentEntry entry) => entry.IsRefusal() || entry.Kind == LedgerKind.Objection || entry.ListedSince is not null;
}
