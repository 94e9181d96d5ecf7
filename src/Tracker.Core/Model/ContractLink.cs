namespace Tracker.Core.Model;

/// <summary>Whose an order, quote or contract is: a contract basis needs one of the same person (R-022, E39).</summary>
/// <param name="Reference">Keyed hash of (tenant, kind, number).</param>
public sealed record ContractLink(TenantId Tenant, UInt128 Reference, ProfileId Profile, DateTimeOffset ExpireAt)
{
    /// <summary>When the contract that goes on last began; null: nobody told, or it is none that goes on.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it last ended; null: nobody told.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the order was first delivered, cancelled or returned; null: nobody told, or it is none.</summary>
    public DateTimeOffset? OrderEndedAt { get; init; }

    /// <summary>What is known of the same number together; the order of arrival does not matter.</summary>
    public ContractLink Merge(ContractLink other) => this with
    {
        ExpireAt = other.ExpireAt > ExpireAt ? other.ExpireAt : ExpireAt,
        StartedAt = Latest(StartedAt, other.StartedAt),
        EndedAt = Latest(EndedAt, other.EndedAt),
        OrderEndedAt = OrderEndedAt is null || other.OrderEndedAt < OrderEndedAt ? other.OrderEndedAt ?? OrderEndedAt : OrderEndedAt,
    };

    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b ?? a : a;
}
