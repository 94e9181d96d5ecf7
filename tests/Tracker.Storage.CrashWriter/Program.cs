using Tracker.Storage.CrashWriter;
using Tracker.Storage.RocksDb;

// Writes to the folder until it is killed, and says after each step how far it has been acknowledged.
using var store = RocksDbStore.Open(args[0], TimeProvider.System);
await (args[1] switch
{
    "reviews" => Writers.ReviewAsync(store),
    "claims" => Writers.ClaimAsync(store),
    _ => Writers.CommitAsync(store),
});
