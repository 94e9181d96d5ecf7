using Testcontainers.Redis;

namespace Tracker.TestServers;

/// <summary>The one Redis of this process: what the environment names, else a container, else Garnet in this process.</summary>
public static class RedisServer
{
    public const string Variable = "TRACKER_TEST_REDIS";

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
            : EmbeddedGarnet.Start();
    }

    private static async Task<string> StartContainerAsync()
    {
        var container = new RedisBuilder("redis:8-alpine").Build();
        await container.StartAsync();
        return container.GetConnectionString();
    }
}
