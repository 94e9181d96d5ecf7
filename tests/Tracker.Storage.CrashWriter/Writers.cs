using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb;
using Tracker.TestKit;

namespace Tracker.Storage.CrashWriter;

internal static class Writers
{
    /// <summary>Micro-batches of three interactions of one person.</summary>
    public static async Task CommitAsync(RocksDbStore store)
    {
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
    }

    /// <summary>A sale to nobody, then the claim that makes it somebody's.</summary>
    public static async Task ClaimAsync(RocksDbStore store)
    {
        var until = TimeProvider.System.GetUtcNow().AddYears(1);
        for (var number = 0; ; number++)
        {
            var sale = MicroBatches.Anonymous(A.Sale(number, until));
            await store.Records.CommitAsync(sale, CancellationToken.None);
            var change = A.NewProfile(A.Profile(number), A.Identifier(number)) with { NewKeys = A.Keys(RetentionClass.Fiscal, RetentionClass.Order) };
            var claimed = A.Claimed(sale.Interactions[0], sale.Id, A.Profile(number), until, RetentionClass.Fiscal, RetentionClass.Order);
            await store.Records.CommitAsync(MicroBatches.Of(change, claimed), CancellationToken.None);
            Console.WriteLine(number + 1);
        }
    }

    /// <summary>A person with one interaction and an errand, then the review that deletes, rewrites and does the errand.</summary>
    public static async Task ReviewAsync(RocksDbStore store)
    {
        var until = TimeProvider.System.GetUtcNow().AddYears(1);
        for (var number = 0; ; number++)
        {
            var profile = A.Profile(number);
            var interaction = A.Interaction(number, profile, until: until, classes: [RetentionClass.Fiscal, RetentionClass.Marketing]);
            var change = A.NewProfile(profile) with { NewKeys = A.Keys(RetentionClass.Fiscal, RetentionClass.Marketing), Reviews = [until] };
            await store.Records.CommitAsync(MicroBatches.Of(change, interaction), CancellationToken.None);
            var revision = Revisions.Of(profile) with
            {
                Rewritten = [interaction.Records[0] with { ExpireAt = until.AddDays(-1) }],
                Deleted = [Revisions.AddressOf(interaction.Records[1])],
                EmptiedClasses = RetentionClasses.Of([RetentionClass.Marketing]),
                Done = [new Errand(A.Tenant, profile, until)],
            };
            await store.Reviews.ApplyAsync(revision, CancellationToken.None);
            Console.WriteLine(number + 1);
        }
    }
}
