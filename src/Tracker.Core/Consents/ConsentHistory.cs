using Tracker.Core.Model;
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
        Refusals = [.. entries.Where(IsRefused).SelectMany(Refusals)],
        SoftOptIns = SoftOptInFold.Spans(entries),
        RegisterChecks = [.. entries.Where(entry => entry.Kind == LedgerKind.RegisterCheck).Select(entry => new RegisterCheck(entry.EffectiveAt))],
    };

    private static bool IsRefused(ConsentEntry entry) =>
        entry is { Kind: LedgerKind.Consent, State: ConsentState.Refused or ConsentState.Withdrawn, Recipient.Length: 0 };

    /// <summary>Only marketing is refused medium by medium.</summary>
    private static IEnumerable<Refusal> Refusals(ConsentEntry entry) => entry.Purpose == Purpose.DirectMarketing
        ? ConsentFold.Channels(entry).Select(channel => new Refusal(entry.Purpose, channel, entry.EffectiveAt))
        : [new Refusal(entry.Purpose, ContactChannel.Unspecified, entry.EffectiveAt)];
}
