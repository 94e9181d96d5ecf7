using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Plays what happens to two profiles, which are one person for a while or never.</summary>
internal sealed class PairPlayer(TestTracker tracker)
{
    public static readonly Purpose[] Purposes = [Purpose.Profiling, Purpose.Analytics, Purpose.DirectMarketing];

    private static readonly Identifier[] Both = [new(IdentifierKind.Email, "one@example.com"), new(IdentifierKind.LoyaltyCard, "two")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What each act was permitted to be kept for, in order.</summary>
    public List<IReadOnlyList<Purpose>> Permitted { get; } = [];

    /// <param name="mergedAt">Before which act the two become one; null: never.</param>
    /// <param name="unmergedAt">Before which act that is taken back; after the last at the latest.</param>
    public async Task PlayAsync(IReadOnlyList<PairAct> acts, int? mergedAt, int unmergedAt)
    {
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), Cancellation);
        await tracker.RecordAsync(An.Receipt("first", Both[0], TestTracker.Noon.AddDays(-1)), An.Receipt("second", Both[1], TestTracker.Noon.AddDays(-1)));
        LinkedPerson? merged = null;
        for (var place = 0; place <= acts.Count; place++)
        {
            tracker.Time.SetUtcNow(TestTracker.Noon.AddMinutes(place * 10));
            merged = place == mergedAt ? await tracker.Merger.MergeAsync(tracker.Caller, new(new(null, Both[0]), new(null, Both[1]), "", []), Cancellation) : merged;
            if (merged is not null && place == unmergedAt)
            {
                await tracker.Merger.UnmergeAsync(tracker.Caller, new(new(null, Both[1]), merged.Links[0].Id, "", []), Cancellation);
            }

            if (place < acts.Count)
            {
                Permitted.Add(await DoAsync(acts[place], place));
            }
        }

        await tracker.AdvanceToAsync(tracker.Time.GetUtcNow().AddHours(2));
        await tracker.ReviewAsync(Both[0]);
        await tracker.ReviewAsync(Both[1]);
    }

    /// <summary>What may be decided for each of the two now.</summary>
    public async Task<IReadOnlyList<string>> PermissionsAsync()
    {
        List<string> permissions = [];
        foreach (var (identifier, purpose) in Both.SelectMany(identifier => Purposes.Select(purpose => (identifier, purpose))))
        {
            var answer = await tracker.Permissions.CheckAsync(tracker.Caller, new(null, identifier), new() { Purpose = purpose, ContactChannel = purpose == Purpose.DirectMarketing ? ContactChannel.Email : default }, Cancellation);
            permissions.Add($"{identifier.Kind} {purpose}: {answer.IsPermitted} {answer.Basis} {answer.Reason} {answer.Stage}");
        }

        return permissions;
    }

    /// <summary>What can be read of each of the two, for what.</summary>
    public async Task<IReadOnlyList<string>> ReadableAsync()
    {
        List<string> read = [];
        foreach (var (identifier, purpose) in Both.SelectMany(identifier => Purposes.Append(Purpose.OrderFulfilment).Select(purpose => (identifier, purpose))))
        {
            var timeline = await tracker.TimelineAsync(identifier, purpose);
            read.AddRange(timeline.Items.Select(item => $"{identifier.Kind} {purpose} {item.MessageId} {item.Grant.Basis} until {item.Grant.Until:O}"));
        }

        return read;
    }

    /// <summary>What the ledgers and the controls say, without what is drawn at random or counts changes.</summary>
    public async Task<IReadOnlyList<string>> StoredAsync()
    {
        List<string> stored = [];
        foreach (var identifier in Both)
        {
            var control = (await tracker.Lookup.FindAsync(tracker.Caller, new(null, identifier), Cancellation))!;
            stored.Add($"{identifier.Kind} {control.Facts} {control.LastInteractionAt:O} {control.ExpireAt:O} {control.CreatedAt:O} {control.IsRestricted} {control.Members.Count}");
            stored.AddRange((await tracker.ReadLedgerAsync(control.Tenant, control.Profile, Cancellation))
                .Select(entry => $"{identifier.Kind} {entry.Sequence} {entry.Kind} {entry.Purpose} {entry.State} {entry.EffectiveAt:O} {entry.ExpireAt:O}"));
            stored.AddRange((await tracker.RecordsAsync(identifier))
                .Select(record => $"{identifier.Kind} {record.Type} {record.Class} {record.OccurredAt:O} {record.ExpireAt:O} {string.Join(',', record.Grants.Select(grant => $"{grant.Purpose} {grant.Until:O}"))}")
                .Order(StringComparer.Ordinal));
        }

        return stored;
    }

    private async Task<IReadOnlyList<Purpose>> DoAsync(PairAct act, int place)
    {
        var (by, at, id) = (Both[act.IsOfSecond ? 1 : 0], tracker.Time.GetUtcNow().AddMinutes(-act.Delay), $"act-{place}");
        switch (act.Kind)
        {
            case PairKind.Give:
                await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(act.Purpose, by, at, id), Cancellation);
                return [];
            case PairKind.Refuse:
                await tracker.Ledger.RecordAsync(tracker.Caller, An.Online(act.Purpose, by, at, id) with { State = Core.Consents.ConsentState.Refused }, Cancellation);
                return [];
            case PairKind.Withdraw:
                await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(act.Purpose, by, at, id), Cancellation);
                return [];
            case PairKind.Object:
                await tracker.Objections.ObjectAsync(tracker.Caller, new() { RequestId = id, Profile = new(null, by), Purpose = Purpose.DirectMarketing, ObjectedAt = at }, Cancellation);
                return [];
            case PairKind.Review:
                await tracker.AdvanceToAsync(tracker.Time.GetUtcNow());
                return [];
            default:
                var outcome = await tracker.RecordAsync(act.Kind == PairKind.View ? An.PageView(id, by, at, Purposes) : An.Receipt(id, by, at));
                return [.. outcome.Grants.Select(grant => grant.Purpose).Distinct()];
        }
    }
}
