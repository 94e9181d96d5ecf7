using System.Collections;
using MongoDB.Bson;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

/// <summary>What a client asks about the server; no database is needed to answer.</summary>
internal sealed class ServerCommands(TimeProvider time) : IEnumerable<KeyValuePair<string, Command>>
{
    // MongoDB 7. From 25 on a driver sends the command bulkWrite, which the extension does not know.
    private const int WireVersion = 21;

    public IEnumerator<KeyValuePair<string, Command>> GetEnumerator()
    {
        yield return new("hello", Always(request => Hello("isWritablePrimary")));
        yield return new("isMaster", Always(request => Hello("ismaster")));
        yield return new("ping", Always(_ => []));
        yield return new("buildInfo", Always(_ => new()
        {
            { "version", "7.0.0" },
            { "gitVersion", "documentdb" },
            { "versionArray", new BsonArray { 7, 0, 0, 0 } },
            { "bits", 64 },
            { "maxBsonObjectSize", 16_777_216 },
            { "modules", new BsonArray() },
        }));
        yield return new("getParameter", Always(_ => new("featureCompatibilityVersion", new BsonDocument("version", "7.0"))));
        yield return new("serverStatus", Always(_ => new() { { "version", "7.0.0" }, { "process", "mongos" } }));
        yield return new("getLog", Always(_ => new() { { "log", new BsonArray() }, { "totalLinesWritten", 0 } }));
        yield return new("whatsmyuri", Always(_ => new("you", "127.0.0.1:0")));
        yield return new("getCmdLineOpts", Always(_ => new() { { "argv", new BsonArray() }, { "parsed", new BsonDocument() } }));
        yield return new("connectionStatus", Always(_ => new("authInfo", new BsonDocument
        {
            { "authenticatedUsers", new BsonArray() },
            { "authenticatedUserRoles", new BsonArray() },
        })));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Command Always(Func<Request, BsonDocument> answer) =>
        (request, _) => Task.FromResult<ReadOnlyMemory<byte>>(answer(request).Add("ok", 1.0).ToBson());

    // Drivers take "isdbgrid" for a router of a sharded cluster: sessions, retryable writes and transactions are on, and,
    // unlike with the name of a replica set, no list of hosts has to agree with the address that the client has used.
    private BsonDocument Hello(string primary) => new()
    {
        { primary, true },
        { "msg", "isdbgrid" },
        { "helloOk", true },
        { "maxBsonObjectSize", 16_777_216 },
        { "maxMessageSizeBytes", 48_000_000 },
        { "maxWriteBatchSize", 100_000 },
        { "localTime", time.GetUtcNow().UtcDateTime },
        { "logicalSessionTimeoutMinutes", 30 },
        { "connectionId", 1 },
        { "minWireVersion", 0 },
        { "maxWireVersion", WireVersion },
        { "readOnly", false },
    };
}
