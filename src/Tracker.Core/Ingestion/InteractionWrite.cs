using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;

namespace Tracker.Core.Ingestion;

/// <summary>One interaction to store: all of its records, or nothing.</summary>
public sealed record InteractionWrite(InteractionKey Key, ProfileId Profile, IReadOnlyList<InteractionRecord> Records)
{
    /// <summary>Numbers by which a sale of nobody can be claimed: each gets a link that ends with it.</summary>
    public IReadOnlyList<IdentifierHash> Receipts { get; init; } = [];

    /// <summary>The sale of nobody under the same key that goes, with its links; null: there is none.</summary>
    public AnonymousSale? Replaces { get; init; }

    /// <summary>The latest end of its records.</summary>
    public DateTimeOffset End => Records.Aggregate(DateTimeOffset.MinValue, (end, record) => Holding.Later(end, record.ExpireAt));

    /// <summary>
    /// Of nobody: when a purpose ends that leaves something of it behind. To be written in or before the write that stores it; of a person the
    /// change of the profile says when.
    /// </summary>
    public IEnumerable<Errand> Errands() => !Profile.IsNone ? [] : Records
        .Where(record => record.Grants.Count > 1)
        .Select(record => GrantEnds.StripAt(record.Grants))
        .OfType<DateTimeOffset>()
        .Select(endsAt => Errand.OfNobody(Records[0].Tenant, endsAt));

    public IEnumerable<ReceiptLink> Links() => Receipts.Select(receipt => new ReceiptLink(Records[0].Tenant, receipt, Key, End));
}
