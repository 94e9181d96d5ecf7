using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Keys;

/// <summary>Metadata, not documents: it says nothing of any person and lives as long as the database.</summary>
internal sealed class KeyCheckStore(StoreEngine engine) : IKeyCheckStore
{
    private readonly IMongoCollection<BsonDocument> _checks = engine.Collection(CollectionNames.KeyChecks);

    public Task<IReadOnlyList<TenantId>> ListTenantsAsync(CancellationToken cancellation) => engine.ReadAsync<IReadOnlyList<TenantId>>(async token =>
    {
        // One document a tenant and key version: all of them are a handful, in the order of their ids.
        var checks = await _checks.Find(new BsonDocument("_id", new BsonDocument("$gt", ""))).ToListAsync(token);
        return [.. checks.Select(check => DocumentId.TenantOf(check["_id"].AsString)).Distinct()];
    }, cancellation);

    public Task<IReadOnlyDictionary<byte, ReadOnlyMemory<byte>>> ReadAsync(TenantId tenant, CancellationToken cancellation) =>
        engine.ReadAsync<IReadOnlyDictionary<byte, ReadOnlyMemory<byte>>>(async token =>
        {
            var checks = await _checks.Find(DocumentId.Within(tenant)).ToListAsync(token);
            return checks.ToDictionary(check => (byte)check.Number("version"), check => (ReadOnlyMemory<byte>)check.Bytes("value"));
        }, cancellation);

    public Task AddAsync(TenantId tenant, byte version, ReadOnlyMemory<byte> value, CancellationToken cancellation) => engine.ReadAsync(async token =>
    {
        var id = new BsonDocument("_id", DocumentId.OfKeyCheck(tenant, version));
        var check = new BsonDocument { { "version", (int)version }, { "value", new BsonBinaryData(value.ToArray()) } };
        try
        {
            return await _checks.UpdateOneAsync(id, new BsonDocument("$setOnInsert", check), new UpdateOptions { IsUpsert = true }, token);
        }
        catch (MongoWriteException fault) when (StoreFaults.IsDuplicateKey(fault))
        {
            // Another node was first.
            return null;
        }
    }, cancellation);
}
