using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>What a decision is made on: one profile as it was read, under one epoch.</summary>
internal sealed record LedgerView
{
    private static readonly Violation TooMany = new(
        "identifiers",
        "name an address that cannot lead to this person, who has as many of its kind as identity.kinds.*.at_most of the policy allows: by it nobody could withdraw again");

    private static readonly Violation SomebodyElse = new(
        "identifiers",
        "lead to several people, one of whom has the address or has said no since: name the person by what is the person's own");

    public required ProfileId Profile { get; init; }

    /// <summary>Null: the profile does not exist yet.</summary>
    public required Control? Control { get; init; }

    public required IReadOnlyList<ConsentEntry> Ledger { get; init; }

    /// <summary>What other profiles of the same person mean for this one.</summary>
    public OtherProfiles Person { get; init; } = OtherProfiles.None;

    public required PermissionHistory History { get; init; }

    /// <summary>As stated earlier to this profile; null: not known.</summary>
    public required SubjectAge? Age { get; init; }

    /// <summary>To whom else the identifiers lead.</summary>
    public IReadOnlyList<OtherPerson> Others { get; init; } = [];

    /// <summary>Identifiers that do not lead here, because the profile has as many of their kind as it may have.</summary>
    public IReadOnlyList<IdentifierHash> Left { get; init; } = [];

    public required Policy Policy { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Opens the details of an entry; null where there are none or their key is gone.</summary>
    public required Func<ConsentEntry, EvidenceDetails?> Open { get; init; }

    /// <summary>An entry of now; the ledger adds what it is kept under.</summary>
    public ConsentEntry NewEntry(LedgerRequest request, LedgerKind kind, Purpose purpose, ConsentState state) => new()
    {
        Id = ConsentId.New(Now),
        Tenant = request.Caller.Tenant,
        Profile = Profile,
        Source = request.Caller.Source,
        RequestHash = default,
        Kind = kind,
        Purpose = purpose,
        ContactChannels = [],
        State = state,
        EffectiveAt = Now,
        RecordedAt = Now,
        StatedAt = request.StatedAt?.ToStored(),
        Channel = request.Caller.Channel,
        ExpireAt = null,
    };

    /// <exception cref="RefusalException">It is, as far as is known, not this person's alone.</exception>
    public void CheckIsOwn(ConsentEntry gift)
    {
        if (Others.Any(other => other.StandsAgainst(gift)))
        {
            throw RefusalException.InvalidRequest([SomebodyElse]);
        }

        if (Left.Any(identifier => gift.ContactChannels.Any(medium => ContactAddress.KindsOf(medium).Contains(identifier.Kind))))
        {
            throw RefusalException.InvalidRequest([TooMany]);
        }
    }

    public ConsentEntry Get(ConsentId id) => Ledger.FirstOrDefault(entry => entry.Id == id) ?? throw RefusalException.ConsentNotFound();
}
