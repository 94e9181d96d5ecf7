using Testcontainers.MongoDb;

namespace Tracker.TestServers;

/// <summary>The one MongoDB of this process: what the environment names, else a container.</summary>
public static class MongoServer
{
    public const string Variable = "TRACKER_TEST_MONGODB";

    private static readonly Lazy<Task<TestServer>> Server = new(FindAsync);

    public static Task<TestServer> GetAsync() => Server.Value;

    private static async Task<TestServer> FindAsync()
    {
        if (TestServer.Named(Variable) is { } named)
        {
            return named;
        }

        return await DockerEngine.IsThereAsync()
            ? TestServer.At(await StartContainerAsync())
            : TestServer.Missing("MongoDB", $"{Variable} is not set and no Docker engine answers");
    }

    // Transactions need a replica set. Testcontainers removes the container when the process has ended.
    private static async Task<string> StartContainerAsync()
    {
        var container = new MongoDbBuilder("mongo:8.0").WithReplicaSet().Build();
        await container.StartAsync();
        return container.GetConnectionString();
    }
}
