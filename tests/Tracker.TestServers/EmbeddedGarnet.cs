using System.Net;
using System.Net.Sockets;
using Garnet;

namespace Tracker.TestServers;

/// <summary>
/// Redis' protocol in this process, for machines without Redis: keys and their ends, scripts and publishing, but no streams
/// and no cluster.
/// </summary>
public static class EmbeddedGarnet
{
    public static TestServer Start()
    {
        try
        {
            var port = FreePort();
            // It lives as long as the process.
            var server = new GarnetServer(["--bind", "127.0.0.1", "--port", $"{port}", "--lua", "true", "--memory", "64m", "--index", "4m"]);
            server.Start();
            return TestServer.At($"127.0.0.1:{port}");
        }
        catch (Exception e)
        {
            return TestServer.Missing("Redis", $"{RedisServer.Variable} is not set, no Docker engine answers, and Garnet does not start ({e.Message})");
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
