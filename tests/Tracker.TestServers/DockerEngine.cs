using System.Net.Sockets;
using System.Text;

namespace Tracker.TestServers;

/// <summary>Asks once whether a Docker engine answers: the program alone, without an engine, is found on many machines.</summary>
public static class DockerEngine
{
    private static readonly Lazy<Task<bool>> Answer = new(AskAllAsync);

    public static Task<bool> IsThereAsync() => Answer.Value;

    internal static async Task<bool> AnswersAsync(Uri endpoint, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        try
        {
            using var socket = await ConnectAsync(endpoint, deadline.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"), deadline.Token);
            var answer = new byte[64];
            var length = await socket.ReceiveAsync(answer, deadline.Token);
            return Encoding.ASCII.GetString(answer, 0, length).Contains(" 200 ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static async Task<bool> AskAllAsync()
    {
        foreach (var endpoint in Endpoints())
        {
            if (await AnswersAsync(endpoint, TimeSpan.FromSeconds(2)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Uri> Endpoints()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named)
        {
            return Uri.TryCreate(named, UriKind.Absolute, out var endpoint) ? [endpoint] : [];
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run";
        string[] sockets = ["/var/run/docker.sock", $"{runtime}/docker.sock", $"{home}/.docker/run/docker.sock"];
        return sockets.Where(File.Exists).Select(path => new Uri($"unix://{path}"));
    }

    private static async Task<Socket> ConnectAsync(Uri endpoint, CancellationToken cancellation)
    {
        var local = endpoint.Scheme == "unix";
        var socket = local ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await (local
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.LocalPath), cancellation)
                : socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellation));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
