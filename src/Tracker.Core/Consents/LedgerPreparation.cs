using System.Collections.Frozen;
using Tracker.Core.Consents.Proof;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>What must change together with an entry: ends of others, keys, activity of the person, and when all of it is looked at again.</summary>
public sealed class LedgerPreparation(KeyedHasher hasher, DataKeys dataKeys, SecondPass passes)
{
    private static readonly CalendarPeriod LeaseReview = CalendarPeriod.OfMonths(12);

    internal ConsentAppend Prepare(LedgerRequest request, LedgerView view, Resolution resolution, ProfileKeys? keys, LedgerStep step)
    {
        var tenant = request.Caller.Tenant;
        var newKeys = new Dictionary<RetentionClass, WrappedKey>();
        var key = step.Details is null && step.Age is null ? (DataKey?)null : KeyOf(tenant, view.Profile, keys, newKeys);
        var namesAPerson = request.Identifiers.Any(hash => view.Policy.Identity.NamesAPerson(hash.Kind));
        IReadOnlyDictionary<ConsentId, DateTimeOffset?> Stamps(params IReadOnlyList<ConsentEntry> ledger) =>
            LedgerStamps.Of(ledger, view.Person.Gifts, isLeased: namesAPerson || view.Control is { Members.Count: > 0 } or { Facts.IdentifiedAt: not null }, view.Policy, view.Now);
        var stamps = Stamps([.. view.Ledger, step.Entry]);
        var entry = step.Entry with
        {
            ExpireAt = stamps[step.Entry.Id],
            Holds = stamps[step.Entry.Id] is null ? [ConsentHold.Active] : [],
            SealedDetails = step.Details is null ? default : EvidenceSeal.Seal(step.Entry, key!.Value, step.Details),
        };
        var restamped = LedgerStamps.Changes(view.Ledger, Stamps(view.Ledger), stamps);
        DateTimeOffset? day = entry.IsActTowardsUs() ? entry.EffectiveAt.UtcDateTime.Date : null;
        return new ConsentAppend
        {
            Entry = entry,
            IsNewProfile = view.Control is null,
            ExpectedEpoch = view.Control?.DecisionEpoch ?? 0,
            Members = view.Control?.Members ?? [],
            NewIdentifiers = resolution.Unlinked,
            TakenIdentifiers = entry.TakesMachines() ? resolution.Taken : FrozenDictionary<IdentifierHash, ProfileId>.Empty,
            Facts = namesAPerson ? new Facts { IdentifiedAt = entry.EffectiveAt } : Facts.None,
            LastInteractionAt = day,
            Lapse = LapseBefore(view, day),
            // Typed: a bare null would become an empty memory, which overwrites the age that is known.
            SealedAge = step.Age is null ? default(ReadOnlyMemory<byte>?) : AgeSeal.Seal(tenant, view.Profile, key!.Value, step.Age),
            Confirmations = [.. step.Tokens.Select(token => hasher.Confirmation(tenant, token.Text))],
            NewKeys = newKeys,
            Reviews = Reviews(entry, day, step.Age, view),
            Restamped = restamped,
            Notices = [.. view.Ledger.Where(stored => restamped.ContainsKey(stored.Id)).Append(entry).Where(moved => moved.NoticeId is not null).Select(moved => (moved.NoticeId!, moved.NoticeVersion!)).Distinct()],
        };
    }

    /// <summary>
    /// Whether the cap has fired by now, not only by the time of the act: an act that is uploaded late revives nothing (E34).
    /// </summary>
    private static DateTimeOffset? LapseBefore(LedgerView view, DateTimeOffset? day) =>
        view.Control is not { } control || day is not { } act ? null
        : act > (control.LastInteractionAt ?? DateTimeOffset.MaxValue) ? Activity.LapseBetween(control.LastInteractionAt, view.Now, view.Policy)
        : Activity.LapseAfter(act, Activity.FirstKnown(control), view.Policy);

    private DataKey KeyOf(TenantId tenant, ProfileId profile, ProfileKeys? keys, Dictionary<RetentionClass, WrappedKey> newKeys)
    {
        if (keys?.Keys.TryGetValue(RetentionClass.Evidence, out var wrapped) == true)
        {
            return dataKeys.Unwrap(tenant, profile, RetentionClass.Evidence, wrapped);
        }

        var made = DataKeys.New();
        newKeys[RetentionClass.Evidence] = dataKeys.Wrap(tenant, profile, RetentionClass.Evidence, made);
        return made;
    }

    private List<DateTimeOffset> Reviews(ConsentEntry entry, DateTimeOffset? day, SubjectAge? age, LedgerView view)
    {
        // What the other profiles of the person keep of their noes depends on this ledger.
        List<DateTimeOffset> reviews = view.Control?.Members.Count > 0 ? [view.Now] : [];
        // A corrected birth date may show that a child decided alone (E14); an entry in the register cancels consents (E41).
        if (entry.IsEnd() || entry.ListedSince is not null || entry.State == ConsentState.ObjectionUpheld || age?.IsSame(view.Age) == false)
        {
            reviews.AddRange(passes.From(view.Now));
        }

        if (day is { } act)
        {
            reviews.Add(view.Policy.Add(act, view.Policy.InactivityCap));
        }
        else if (entry.IsGift)
        {
            // Where no act of the person is known, it ends by its own silence.
            reviews.Add(view.Policy.Add(entry.EffectiveAt, view.Policy.InactivityCap));
        }

        if (entry.ValidUntil is { } end)
        {
            reviews.Add(end);
        }

        if (entry.Kind == LedgerKind.Objection || entry.IsRefusal())
        {
            reviews.Add(view.Policy.Add(view.Now, LeaseReview));
        }

        return [.. reviews.Distinct()];
    }
}
