using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Tracker.DocumentDbGateway.Tests;

/// <summary>
/// Stands between the gateway and PostgreSQL. Once armed with some words it lets the statement that contains them through,
/// waits until it is answered, and cuts the connection instead of passing the answer on.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly NpgsqlConnectionStringBuilder _postgres;
    private readonly List<Task> _pipes = [];
    private readonly Task _accepting;
    private byte[]? _words;

    public CuttingProxy(string postgres)
    {
        _postgres = new NpgsqlConnectionStringBuilder(postgres);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_postgres.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
    }.ConnectionString;

    public void CutAfter(ReadOnlySpan<byte> words) => Volatile.Write(ref _words, words.ToArray());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll([_accepting, .. _pipes]);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _pipes.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient(_postgres.Host!, _postgres.Port);
        using (client)
        {
            var connection = new ProxiedConnection();
            try
            {
                await Task.WhenAny(
                    PumpAsync(client.GetStream(), server.GetStream(), bytes => connection.Cut |= Hits(bytes), cutsInstead: false),
                    PumpAsync(server.GetStream(), client.GetStream(), _ => connection.Cut, cutsInstead: true));
            }
            finally
            {
                // To close it orderly would tell PostgreSQL that the client has gone while it still commits.
                client.Client.LingerState = new LingerOption(true, 0);
            }
        }
    }

    private bool Hits(ReadOnlyMemory<byte> bytes)
    {
        var words = Volatile.Read(ref _words);
        return words is not null && bytes.Span.IndexOf(words) >= 0 && Interlocked.CompareExchange(ref _words, null, words) == words;
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream into, Func<ReadOnlyMemory<byte>, bool> cut, bool cutsInstead)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var length)
            {
                if (cut(buffer.AsMemory(0, length)) && cutsInstead)
                {
                    return;
                }

                await into.WriteAsync(buffer.AsMemory(0, length), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private sealed class ProxiedConnection
    {
        private int _cut;

        public bool Cut
        {
            get => Volatile.Read(ref _cut) == 1;
            set => Volatile.Write(ref _cut, value ? 1 : 0);
        }
    }
}
