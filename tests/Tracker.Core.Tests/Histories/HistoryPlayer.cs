using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Plays histories through the whole product below the wire, each with a person of its own.</summary>
internal sealed class HistoryPlayer(TestTracker tracker)
{
    public static readonly Purpose[] Purposes = [Purpose.Profiling, Purpose.Analytics, Purpose.DirectMarketing];

    private int _people;

    /// <param name="isReviewedAtEnd">Whatever is to go has gone before the reading.</param>
    public async Task<Played> PlayAsync(IReadOnlyList<Act> acts, bool isReviewedAtEnd = false)
    {
        var person = new Identifier(IdentifierKind.Email, $"person{_people++}@example.com");
        var start = tracker.Time.GetUtcNow();
        var kept = new HashSet<(int, Purpose)>();
        foreach (var (act, place) in acts.Select((act, place) => (act, place)).OrderBy(pair => pair.act.Arrival).ThenBy(pair => pair.act.Kind))
        {
            TurnTo(start.AddHours(act.Arrival));
            kept.UnionWith(await DoAsync(act, place, person, start.AddHours(act.At)));
        }

        TurnTo(start.AddHours(acts.Max(act => act.Arrival)));
        if (isReviewedAtEnd)
        {
            await tracker.ReviewAsync(person);
        }

        var played = new Played(kept, await ReadAsync(person), await ReadStoredAsync(person));
        tracker.Time.Advance(TimeSpan.FromHours(1));
        return played;
    }

    private async Task<IEnumerable<(int, Purpose)>> DoAsync(Act act, int place, Identifier person, DateTimeOffset at)
    {
        switch (act.Kind)
        {
            case ActKind.Give:
                await tracker.Ledger.RecordAsync(tracker.Caller, Consent(act, place, person, at), CancellationToken.None);
                return [];
            case ActKind.Withdraw:
                await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(act.Purpose, person, at, Name(place, person)), CancellationToken.None);
                return [];
            case ActKind.Review:
                await tracker.ReviewAsync(person);
                return [];
            default:
                return await ViewAsync(place, person, at);
        }
    }

    private async Task<IEnumerable<(int, Purpose)>> ViewAsync(int place, Identifier person, DateTimeOffset at)
    {
        var outcome = await tracker.RecordAsync(An.PageView($"{Name(place, person)}/{place}", person, at, Purposes));
        return outcome.Grants.Select(grant => (place, grant.Purpose));
    }

    private async Task<HashSet<(int, Purpose)>> ReadAsync(Identifier person)
    {
        var readable = new HashSet<(int, Purpose)>();
        foreach (var purpose in Purposes)
        {
            try
            {
                var timeline = await tracker.TimelineAsync(person, purpose);
                readable.UnionWith(timeline.Items.Select(item => (PlaceOf(item.MessageId), purpose)));
            }
            catch (RefusalException refusal) when (refusal.Reason == RefusalReason.ProfileNotFound)
            {
                // A history of denied views leaves nobody behind.
            }
        }

        return readable;
    }

    private async Task<HashSet<(int, Purpose)>> ReadStoredAsync(Identifier person)
    {
        var records = await tracker.RecordsAsync(person);
        var opened = await tracker.Opener.OpenAsync(records, CancellationToken.None);
        return [.. records.Zip(opened).SelectMany(pair => pair.First.Grants.Select(grant => (PlaceOf(pair.Second!.MessageId), grant.Purpose)))];
    }

    private static int PlaceOf(string messageId) =>
        int.Parse(messageId.AsSpan(messageId.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    private static ConsentDraft Consent(Act act, int place, Identifier person, DateTimeOffset at)
    {
        var draft = An.Consent(act.Purpose, person, at, Name(place, person));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(draft.RequestId)));
        return draft with { Evidence = draft.Evidence! with { Sha256 = hash } };
    }

    private static string Name(int place, Identifier person) => $"{person.Value}-{place}";

    private void TurnTo(DateTimeOffset instant)
    {
        if (instant > tracker.Time.GetUtcNow())
        {
            tracker.Time.SetUtcNow(instant);
        }
    }
}
