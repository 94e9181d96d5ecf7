using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tracker.TestServers;

/// <summary>The way to a server, which a test may cut, freeze, or make deaf to answers, while the server goes on: all that a node sees of a server that is lost.</summary>
public sealed class ServerLink : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly ConcurrentDictionary<TcpClient, byte> _open = [];
    private readonly int _port = LoopbackPort.Take();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private volatile TaskCompletionSource _passes = Passing();
    private volatile TaskCompletionSource _answers = Passing();
    private volatile byte[]? _lastWords;
    private byte[]? _cutWords;

    /// <param name="address">As "mongodb://127.0.0.1:27017/" or "redis://127.0.0.1:6379".</param>
    public ServerLink(string address)
    {
        _server = new Uri(address);
        Mend();
    }

    public string Address => $"{_server.Scheme}://{Endpoint}/";

    public string Endpoint => $"127.0.0.1:{_port}";

    /// <summary>Connections stay, and nothing passes: a server that is paused.</summary>
    public void Freeze() => _passes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The server still gets the request that has these words in it, and no answer passes from then on.</summary>
    public void FreezeAfter(string words) => _lastWords = Encoding.ASCII.GetBytes(words);

    /// <summary>Closes the connection on which the next request with these words comes; the server does not get it.</summary>
    public void CutAt(string words) => _cutWords = Encoding.ASCII.GetBytes(words);

    /// <summary>What was held back passes, and all that follows.</summary>
    public void Continue()
    {
        _lastWords = null;
        _passes.TrySetResult();
        _answers.TrySetResult();
    }

    /// <summary>Connections are closed and none is taken: a server that is gone.</summary>
    public void Cut()
    {
        _listener?.Dispose();
        _listener = null;
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }

    /// <summary>At the same place as before.</summary>
    public void Mend()
    {
        if (_listener is not null)
        {
            return;
        }

        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        Continue();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        List<Task> links = [];
        try
        {
            while (true)
            {
                links.Add(LinkAsync(await listener.AcceptTcpClientAsync()));
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(links);
        }
    }

    private async Task LinkAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            _open.TryAdd(client, 0);
            await server.ConnectAsync(_server.Host, _server.Port);
            var (near, far) = (client.GetStream(), server.GetStream());
            await Task.WhenAny(AskAsync(near, far), AnswerAsync(far, near));
        }
        catch (Exception lost) when (lost is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side sees it closed.
        }
        finally
        {
            _open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task AskAsync(NetworkStream near, NetworkStream far)
    {
        var bytes = new byte[65_536];
        while (await near.ReadAsync(bytes) is > 0 and var count)
        {
            await _passes.Task;
            if (_cutWords is { } cut && bytes.AsSpan(0, count).IndexOf(cut) >= 0 && Interlocked.Exchange(ref _cutWords, null) is not null)
            {
                return;
            }

            if (_lastWords is { } last && bytes.AsSpan(0, count).IndexOf(last) >= 0)
            {
                _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await far.WriteAsync(bytes.AsMemory(0, count));
        }
    }

    private async Task AnswerAsync(NetworkStream far, NetworkStream near)
    {
        var bytes = new byte[65_536];
        while (await far.ReadAsync(bytes) is > 0 and var count)
        {
            await _passes.Task;
            await _answers.Task;
            await near.WriteAsync(bytes.AsMemory(0, count));
        }
    }

    private static TaskCompletionSource Passing()
    {
        var passing = new TaskCompletionSource();
        passing.SetResult();
        return passing;
    }
}
