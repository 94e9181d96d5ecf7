using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Records;

namespace Tracker.Storage.Mongo.Retention;

/// <summary>Records of a profile while a transaction changes them, and which interactions it has touched.</summary>
internal sealed class ProfileRecords(StoreTables tables, Dictionary<InteractionKey, StoredInteraction> interactions, DateTimeOffset now)
{
    private readonly HashSet<InteractionKey> _touched = [];

    public static async Task<ProfileRecords> ReadAsync(StoreTables tables, WriteSession session, string owner, CancellationToken cancellation) =>
        new(tables, await tables.Records.ReadAllAsync(session, owner, cancellation), tables.Engine.Now);

    /// <summary>Those alone that a part of a review changes, with the others of their interactions.</summary>
    public static async Task<ProfileRecords> ReadAsync(StoreTables tables, WriteSession session, ProfileRevision part, CancellationToken cancellation)
    {
        var keys = part.Rewritten.Select(record => record.Key).Concat(part.Deleted.Select(address => address.Key));
        var found = await tables.Records.FindAllAsync(session, keys, cancellation);
        return new(tables, found.Where(interaction => interaction.Value.Records.Values.All(record => record.Profile == part.Profile)).ToDictionary(), tables.Engine.Now);
    }

    public void Revise(ProfileRevision revision)
    {
        foreach (var record in revision.Rewritten)
        {
            if (record.Tenant != revision.Tenant || record.Profile != revision.Profile)
            {
                throw new InvalidOperationException("A revision rewrites records of its own profile only.");
            }

            Rewrite(record);
        }

        foreach (var address in revision.Deleted)
        {
            Delete(address);
        }
    }

    private void Rewrite(InteractionRecord record)
    {
        var stored = Find(record.Key, record.Class);

        // A hold also keeps what had expired when it was placed but was still stored; anything else that expired is gone.
        if (stored is null || (!StoredEnd.IsLiving(stored.ExpireAt, now) && record.Holds.Count == 0))
        {
            return;
        }

        // Which classes the interaction was written with is said by the first write: a repeat completes what is missing of them.
        interactions[record.Key].Set(record with { Classes = stored.Classes });
        _touched.Add(record.Key);
    }

    private void Delete(RecordAddress address)
    {
        if (Find(address.Key, address.Class) is not null)
        {
            interactions[address.Key].Remove(address.Class, now);
            _touched.Add(address.Key);
        }
    }

    /// <summary>All that is left of those classes.</summary>
    public void DeleteAll(RetentionClasses members)
    {
        foreach (var record in All().Where(record => members.Contains(record.Class)).ToList())
        {
            Delete(RecordAddress.Of(record));
        }
    }

    /// <summary>Every interaction is written anew, because what its records are held by has changed.</summary>
    public void TouchAll() => _touched.UnionWith(interactions.Keys);

    /// <returns>Of those classes, the ones of which nothing lives and nothing is held.</returns>
    public RetentionClasses WithoutLiving(RetentionClasses members, RetentionClasses held) => All()
        .Where(record => StoredEnd.IsLiving(record.ExpireAt, now) || held.Contains(record.Class))
        .Aggregate(members, (left, record) => left.Without(record.Class));

    public DateTimeOffset LatestEnd() => Documents.LatestEnd.Of(All().Select(record => record.ExpireAt), now);

    /// <param name="holds">Legal holds on the profile.</param>
    public void Write(WriteSession session, IReadOnlyList<ProfileHold> holds)
    {
        foreach (var interaction in _touched)
        {
            tables.Records.Put(session, interactions[interaction], holds);
        }
    }

    private InteractionRecord? Find(InteractionKey interaction, RetentionClass member) =>
        interactions.GetValueOrDefault(interaction)?.Records.GetValueOrDefault(member);

    private IEnumerable<InteractionRecord> All() => interactions.Values.SelectMany(interaction => interaction.Records.Values);
}
