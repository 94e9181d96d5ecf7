using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb;
using Tracker.TestKit;

// Writes to the folder until it is killed, and says after each commit how many interactions are acknowledged.
using var store = RocksDbStore.Open(args[0], TimeProvider.System);
var until = TimeProvider.System.GetUtcNow().AddYears(1);
for (var number = 0; ; number += 3)
{
    var profile = A.Profile(number);
    var change = A.NewProfile(profile, A.Identifier(number)) with { NewKeys = A.Keys(RetentionClass.Fiscal, RetentionClass.Order) };
    InteractionWrite[] interactions =
    [
        .. Enumerable.Range(number, 3).Select(next => A.Interaction(next, profile, until: until, classes: [RetentionClass.Fiscal, RetentionClass.Order])),
    ];
    await store.Records.CommitAsync(MicroBatches.Of(change, interactions), CancellationToken.None);
    Console.WriteLine(number + interactions.Length);
}
