using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

/// <summary>
/// The latest end of what is held under a profile, counted anew. Needed only when something ends earlier than it was
/// stamped: a control that kept its old end would outlive everything it stands for.
/// </summary>
internal sealed class ProfileEnds(StoreTables tables, WriteSession session, TenantId tenant, ProfileId profile)
{
    private readonly string _owner = DocumentId.Of(tenant, profile);

    public Task<DateTimeOffset> OfRecordsAsync(CancellationToken cancellation) => tables.Records.LatestEndAsync(session, _owner, cancellation);

    public Task<DateTimeOffset> OfConsentsAsync(CancellationToken cancellation) => tables.Ledgers.LatestEndAsync(session, _owner, cancellation);

    public async Task<DateTimeOffset> OfContactAsync(CancellationToken cancellation) =>
        await tables.Contacts.FindLiveAsync(session, _owner, cancellation) is { } contact
            ? Holding.Later(DateTimeOffset.MinValue, contact.ExpireAt)
            : DateTimeOffset.MinValue;
}
