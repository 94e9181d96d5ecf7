using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>
/// Folds a ledger into what the gate decides on. The current state is always derived, never edited; the order of arrival
/// does not matter, because each entry says from when it counts, and what cannot be ordered goes against the consent
/// (compliance 2.6, E17, E18).
/// </summary>
public static class ConsentHistory
{
    /// <param name="activity">What the person's silence has ended, and will end.</param>
    public static PermissionHistory Fold(IReadOnlyList<ConsentEntry> entries, Activity activity) => entries.Count == 0 ? PermissionHistory.None : new()
    {
        Consents = ConsentFold.Spans(entries, activity),
        Objections = ObjectionFold.Spans(entries, activity.ObjectionReach),
        SoftOptIns = SoftOptInFold.Spans(entries),
        Register = Register(entries),
    };

    /// <summary>
    /// The latest look; the latest registration that any look has found, because a number that leaves the register does not
    /// revive the consents that its registration had cancelled (L. 5/2018).
    /// </summary>
    private static RegisterCheck? Register(IReadOnlyList<ConsentEntry> entries)
    {
        RegisterCheck? register = null;
        foreach (var entry in entries)
        {
            if (entry.Kind != LedgerKind.RegisterCheck)
            {
                continue;
            }

            var checkedAt = register is null || entry.EffectiveAt > register.CheckedAt ? entry.EffectiveAt : register.CheckedAt;
            var listedSince = register?.ListedSince is { } known && !(entry.ListedSince > known) ? known : entry.ListedSince;
            register = new RegisterCheck(checkedAt, listedSince);
        }

        return register;
    }
}
