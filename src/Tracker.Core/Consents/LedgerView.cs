using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>What a decision is made on: one profile as it was read, under one epoch.</summary>
internal sealed record LedgerView
{
    public required ProfileId Profile { get; init; }

    /// <summary>Null: the profile does not exist yet.</summary>
    public required Control? Control { get; init; }

    public required IReadOnlyList<ConsentEntry> Ledger { get; init; }

    public required PermissionHistory History { get; init; }

    /// <summary>As stated earlier; null: not known.</summary>
    public required SubjectAge? Age { get; init; }

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
        Channel = request.Caller.Channel,
        ExpireAt = null,
    };

    public ConsentEntry Get(ConsentId id) => Ledger.FirstOrDefault(entry => entry.Id == id) ?? throw RefusalException.ConsentNotFound();
}
