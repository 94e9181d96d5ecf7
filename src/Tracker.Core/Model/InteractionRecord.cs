namespace Tracker.Core.Model;

/// <summary>
/// What is stored: one per (interaction, retention class). The envelope is readable without a key and holds no value a
/// person gave; those are in <see cref="Payload"/>.
/// </summary>
public sealed record InteractionRecord
{
    public required TenantId Tenant { get; init; }

    /// <summary>The profile the interaction came with; it never changes, also not by a merge.</summary>
    public required ProfileId Profile { get; init; }

    public required InteractionKey Key { get; init; }

    public required RetentionClass Class { get; init; }

    /// <summary>The full set of classes of the interaction: a retry completes exactly this set and never adds to it.</summary>
    public required RetentionClasses Classes { get; init; }

    public required BatchId Batch { get; init; }

    public required SourceId Source { get; init; }

    /// <summary>Name of the type in the catalogue.</summary>
    public required string Type { get; init; }

    public required Channel Channel { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required Initiator Initiator { get; init; }

    /// <summary>How the person was recognised, so that a wrong link can be taken apart; of the fiscal class only the numbers of receipts, which name a purchase.</summary>
    public IReadOnlyList<IdentifierHash> Identifiers { get; init; } = [];

    /// <summary>Keyed hash of (tenant, order id), so that a delivery finds its order; null without an order.</summary>
    public UInt128? OrderReference { get; init; }

    /// <summary>Keyed hashes of the contract and the quote it names: whose they are is known for as long as a record names them.</summary>
    public IReadOnlyList<UInt128> ContractReferences { get; init; } = [];

    /// <summary>Every order, contract and quote it names.</summary>
    public IReadOnlyList<UInt128> References => OrderReference is { } order ? [order, .. ContractReferences] : ContractReferences;

    public required RecordDecision Decision { get; init; }

    /// <summary>What this record may be used for; never empty.</summary>
    public required IReadOnlyList<Grant> Grants { get; init; }

    /// <summary>When it goes: the latest end of its grants. Null only under a hold.</summary>
    public required DateTimeOffset? ExpireAt { get; init; }

    /// <summary>Names of the holds that keep it beyond its rule; empty or <see cref="ExpireAt"/> is null.</summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>Stored but not used: GDPR Art. 18.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Message id and content, sealed with the key of (profile, class).</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
