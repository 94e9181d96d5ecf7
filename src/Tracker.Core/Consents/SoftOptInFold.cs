using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>
/// Addresses given in a sale, for as long as the person has not refused the use (art. 130(4) Codice Privacy: neither then
/// nor later). A refusal from before the sale counts too, unless a consent of the person's own came after it.
/// </summary>
internal static class SoftOptInFold
{
    public static IReadOnlyList<SoftOptIn> Spans(IReadOnlyList<ConsentEntry> entries)
    {
        List<SoftOptIn> spans = [];
        foreach (var entry in entries)
        {
            if (entry is { Kind: LedgerKind.SoftOptIn, SoftOptIn: { } terms })
            {
                var end = FindEnd(entry, entries);
                var until = end is null ? DateTimeOffset.MaxValue : Later(end.EffectiveAt, entry.EffectiveAt);
                spans.Add(new(entry.Id, terms.IsAddressFromSubject, terms.IsSale, terms.WasInformed, entry.EffectiveAt, until) { EndedBy = end?.Id, Addresses = entry.Addresses, RetentionTerm = entry.RetentionTerm });
            }
        }

        return spans;
    }

    private static ConsentEntry? FindEnd(ConsentEntry noted, IReadOnlyList<ConsentEntry> entries) => entries
        .Where(entry => entry.IsRefusal() && entry.Covers(Purpose.DirectMarketing, ContactChannel.Email) && !IsTakenBack(entry, noted, entries))
        .MinBy(entry => entry.EffectiveAt);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a >= b ? a : b;

    private static bool IsTakenBack(ConsentEntry refusal, ConsentEntry noted, IReadOnlyList<ConsentEntry> entries) => entries.Any(entry =>
        entry.IsOwnConsent() && entry.Covers(Purpose.DirectMarketing, ContactChannel.Email)
        && entry.IsNewerThan(refusal) && entry.EffectiveAt <= noted.EffectiveAt
        && !entries.Any(other => other.Voids(entry)));
}
