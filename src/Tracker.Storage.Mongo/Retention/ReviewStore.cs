using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;
using Tracker.Storage.Mongo.Profiles;

namespace Tracker.Storage.Mongo.Retention;

internal sealed class ReviewStore(StoreTables tables) : IReviewStore
{
    public Task<IReadOnlyList<InteractionRecord>> ListRecordsAsync(TenantId tenant, ProfileId profile, RecordAddress? after, int limit, CancellationToken cancellation) =>
        tables.Engine.ReadAsync<IReadOnlyList<InteractionRecord>>(async token =>
        {
            var owner = DocumentId.Of(tenant, profile);
            var filter = TimelineFilter.After(owner, after);
            filter.Add("$and", new BsonArray { Kept(await FindHeldAsync(owner, token)) });
            return await tables.Records.ListAsync(filter, limit, token);
        }, cancellation);

    public Task<ContactDocument?> FindContactAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) => tables.Engine.ReadAsync(async token =>
    {
        var owner = DocumentId.Of(tenant, profile);
        var contact = await tables.Contacts.FindAsync(session: null, owner, token);
        var isKept = contact is not null
            && (tables.Contacts.IsLive(contact, tables.Engine.Now) || (await FindHeldAsync(owner, token)).Contains(RetentionClass.Contact));
        return isKept ? contact : null;
    }, cancellation);

    public Task<bool> ApplyAsync(ProfileRevision revision, CancellationToken cancellation) =>
        tables.Engine.WriteAsync(
            async (session, token) =>
            {
                await FenceCheck.CheckAsync(tables, session, revision.Fence, token);
                if (revision.Profile.IsNone)
                {
                    await new UnownedRevision(tables, session, revision).GatherAsync(token);
                    return true;
                }

                await ControlClaim.TakeAsync(tables, session, DocumentId.Of(revision.Tenant, revision.Profile), token);
                return await new RevisionWriter(tables, session, revision).TryGatherAsync(token);
            },
            cancellation);

    public Task<bool> ChangeHoldsAsync(
        TenantId tenant,
        ProfileId profile,
        long expectedEpoch,
        IReadOnlyList<ProfileHold> holds,
        bool isRestricted,
        IReadOnlyList<Errand> errands,
        CancellationToken cancellation) => tables.Engine.WriteAsync(
            async (session, token) =>
            {
                await ControlClaim.TakeAsync(tables, session, DocumentId.Of(tenant, profile), token);
                if (!await new HoldWriter(tables, session, tenant, profile).TryGatherAsync(expectedEpoch, holds, isRestricted, token))
                {
                    return false;
                }

                foreach (var errand in errands.Distinct())
                {
                    tables.Errands.Add(session, errand);
                }

                return true;
            },
            cancellation);

    /// <summary>The living, and those past their end that a hold has saved.</summary>
    private BsonDocument Kept(RetentionClasses held)
    {
        var living = StoredEnd.Living(tables.Engine.Now);
        return held.IsEmpty
            ? living
            : new BsonDocument("$or", new BsonArray { living, new BsonDocument(Records.RecordFields.Class, new BsonDocument("$in", new BsonArray(held.Members().Select(member => (int)member)))) });
    }

    private async Task<RetentionClasses> FindHeldAsync(string owner, CancellationToken cancellation) =>
        Holding.ClassesOf(await tables.Controls.FindLiveAsync(session: null, owner, cancellation));
}
