using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>Says in the ledger what has ended by itself, once; the proof of it is kept from that end on (IT-EVI-1).</summary>
public sealed class ConsentEnder(IConsentStore consents, KeyedHasher hasher, PolicyRegister policies, TimeProvider time)
{
    /// <summary>The sender of what no source sent.</summary>
    public static readonly SourceId Itself = new("tracker");

    /// <summary>Tells one ending; what was read before is old then.</summary>
    /// <returns>Null: there is nothing to tell.</returns>
    public async Task<ConsentAppended?> EndAsync(ProfileHoldings held, SubjectAge? age, CancellationToken cancellation)
    {
        var policy = policies.For(held.Control.Tenant);
        var endings = ConsentEndings.Find(held.Ledger, held.FoldAlone(policy), age, policy, time.GetUtcNow());
        if (endings.Count == 0)
        {
            return null;
        }

        var append = ToAppend(held, endings[0], policy);
        if (await consents.FindRepeatAsync(held.Control.Tenant, append.Entry.RequestHash, cancellation) is not null)
        {
            throw new InvalidOperationException("The ledger has an ending that its history does not know.");
        }

        return await consents.AppendAsync(append, cancellation);
    }

    private ConsentAppend ToAppend(ProfileHoldings held, ConsentEnding ending, Policy policy)
    {
        var now = time.GetUtcNow().ToStored();
        var entry = ToEntry(held.Control, ending, now);
        var stamps = held.Stamp([.. held.Ledger, entry], isMoreLeft: true, policy, now);
        return new()
        {
            Entry = entry with { ExpireAt = stamps[entry.Id], Holds = stamps[entry.Id] is null ? [ConsentHold.Active] : [] },
            IsNewProfile = false,
            ExpectedEpoch = held.Control.DecisionEpoch,
            // What they keep because of what has ended here may go.
            Members = held.Control.Members,
            Reviews = held.Control.Members.Count > 0 ? [now] : [],
            Restamped = LedgerStamps.Changes(held.Ledger, held.Stamp(held.Ledger, isMoreLeft: true, policy, now), stamps),
        };
    }

    private ConsentEntry ToEntry(Control control, ConsentEnding ending, DateTimeOffset now) => new()
    {
        Id = ConsentId.New(now),
        Tenant = control.Tenant,
        Profile = control.Profile,
        Source = Itself,
        RequestHash = hasher.OwnRequest(control.Tenant, $"{ending.State}/{ending.Reason}/{ending.Given.Id}"),
        Purpose = ending.Given.Purpose,
        ContactChannels = ending.ContactChannels,
        Recipient = ending.Given.Recipient,
        Controller = ending.Given.Controller,
        State = ending.State,
        EffectiveAt = ending.EndedAt,
        RecordedAt = now,
        Actor = DecisionActor.Controller,
        EndReason = ending.Reason,
        RefersTo = ending.Given.Id,
        ExpireAt = null,
    };
}
