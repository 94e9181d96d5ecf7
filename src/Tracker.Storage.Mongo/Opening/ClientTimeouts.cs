using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Opening;

/// <summary>How long the driver waits: for a primary, for a connection, for an answer.</summary>
internal static class ClientTimeouts
{
    // Its own 10 seconds between two looks would leave calls waiting that long for a server that is back.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    public static MongoClientSettings OfCalls(MongoClientSettings settings, MongoStoreOptions options)
    {
        var timed = OfOpening(settings, options);
        timed.SocketTimeout = options.OperationTimeout;
        return timed;
    }

    /// <summary>To make an index of many documents takes as long as it takes.</summary>
    public static MongoClientSettings OfOpening(MongoClientSettings settings, MongoStoreOptions options)
    {
        var timed = settings.Clone();
        timed.ServerSelectionTimeout = options.ServerSelectionTimeout;
        timed.ConnectTimeout = options.OperationTimeout;
        timed.HeartbeatTimeout = options.OperationTimeout;
        timed.HeartbeatInterval = LookEvery;
        return timed;
    }
}
