using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MongoDB.Driver;
using Tracker.Server.Tests.Ingestion;
using Tracker.Server.Tests.Starting;
using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Deployment;

public class TwoNodesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_on_the_prepared_files_know_what_the_other_has_stored()
    {
        var address = (await MongoServer.GetAsync()).Address();
        var database = $"tracker_nodes_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        using var made = await PreparedInstallation.MakeAsync(Cancellation);
        var keys = await File.ReadAllBytesAsync(made.KeyFile, Cancellation);
        var purchase = Purchase();
        try
        {
            await using var first = await StartAsync(made, address, database);
            await using var second = await StartAsync(made, address, database);

            Assert.True(await RecordAsync(first, made.ApiKey, purchase) is Wire.Outcome.Accepted or Wire.Outcome.AcceptedStripped);
            Assert.Equal(Wire.Outcome.Duplicate, await RecordAsync(second, made.ApiKey, purchase));
        }
        finally
        {
            using var client = new MongoClient(address);
            await client.DropDatabaseAsync(database, CancellationToken.None);
        }

        Assert.Equal(keys, await File.ReadAllBytesAsync(made.KeyFile, Cancellation));
        Assert.Equal(["appsettings.json", "keys"], Directory.EnumerateFileSystemEntries(made.Data).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static Task<ServerProcess> StartAsync(PreparedInstallation made, string address, string database) => ServerProcess.StartAsync(
        made.Data,
        "--Tracker:Storage:Path=.",
        $"--Tracker:Storage:Mongo:ConnectionString={address}",
        $"--Tracker:Storage:Mongo:Database={database}");

    private static Wire.Interaction Purchase()
    {
        var purchase = Sample.Purchase();
        purchase.SentAt = null;
        purchase.OccurredAt = DateTimeOffset.UtcNow.AddMinutes(-1).ToTimestamp();
        return purchase;
    }

    private static async Task<Wire.Outcome> RecordAsync(ServerProcess node, string apiKey, Wire.Interaction interaction)
    {
        using var channel = node.Connect();
        var answer = await new Wire.InteractionService.InteractionServiceClient(channel).RecordInteractionAsync(
            new() { Interaction = interaction },
            new Metadata { { "x-api-key", apiKey } },
            cancellationToken: Cancellation);
        return answer.Result.Outcome;
    }
}
