using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tracker.TestServers;

/// <summary>
/// A port for a server that is killed and started again at the same place: from below those that the system gives to
/// outgoing connections, one of which could take it meanwhile.
/// </summary>
public static class LoopbackPort
{
    private const int First = 20_000;
    private const int Last = 32_000;

    // Nobody listens yet on one that was just taken.
    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    public static int Take()
    {
        while (true)
        {
            var candidate = Random.Shared.Next(First, Last);
            if (IsFree(candidate) && Taken.TryAdd(candidate, true))
            {
                return candidate;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
