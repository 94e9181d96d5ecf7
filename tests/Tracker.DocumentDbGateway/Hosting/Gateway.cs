using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Tracker.DocumentDbGateway.Commands;
using Tracker.DocumentDbGateway.Cursors;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Postgres;
using Tracker.DocumentDbGateway.Transactions;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Hosting;

/// <summary>MongoDB's wire protocol on loopback, answered by the functions of DocumentDB.</summary>
public sealed class Gateway : IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly NpgsqlDataSource _postgres;
    private readonly CommandRunner _commands;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Task, byte> _clients = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly Task _accepting;
    private readonly Task _housekeeping;

    private Gateway(GatewayOptions options)
    {
        _options = options;
        _postgres = Connections.Pool(options.Postgres);
        Transactions = new TransactionRegistry(_postgres, options.Time);
        Retryable = new RetryableWrites(options.Time);
        Cursors = new CursorRegistry(_postgres, options.Time);
        Housekeeping = new Housekeeping(_postgres, Transactions, Retryable, Cursors, options);
        _commands = new CommandRunner(Commands(), Retryable, new DuplicateKeys(_postgres), _postgres, options.Log);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        _listener.Listen(512);
        Address = $"mongodb://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/";
        _accepting = AcceptAsync();
        _housekeeping = Housekeeping.RunAsync(_stopping.Token);
    }

    /// <summary>What a client connects to.</summary>
    public string Address { get; }

    public int OpenConnections => _clients.Count;

    internal TransactionRegistry Transactions { get; }

    internal RetryableWrites Retryable { get; }

    internal CursorRegistry Cursors { get; }

    internal Housekeeping Housekeeping { get; }

    public static Gateway Start(GatewayOptions options) => new(options);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        _abandon.CancelAfter(_options.GracePeriod);
        await Task.WhenAll([_accepting, _housekeeping, .. _clients.Keys]);
        await Transactions.AbortAllAsync(CancellationToken.None);
        await _postgres.DisposeAsync();
        _stopping.Dispose();
        _abandon.Dispose();
    }

    private CommandTable Commands()
    {
        var connections = new Connections(_postgres, Transactions);
        return new CommandTable(
            new ServerCommands(_options.Time),
            new SessionCommands(Transactions, Retryable),
            new CursorCommands(connections, Cursors),
            new WriteCommands(connections, _options.Time),
            new ReadCommands(connections),
            new CollectionCommands(connections),
            new IndexCommands(connections));
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Accept(await _listener.AcceptAsync(_stopping.Token));
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                await _options.Log.WriteLineAsync($"cannot take a client: {e.Message}");
                await Task.Delay(TimeSpan.FromMilliseconds(100), _options.Time);
            }
        }
    }

    private void Accept(Socket socket)
    {
        if (OpenConnections >= _options.MaxConnections)
        {
            socket.Dispose();
            _options.Log.WriteLine($"refused a client: {_options.MaxConnections} are connected");
            return;
        }

        var client = ServeAsync(socket);
        _clients.TryAdd(client, 0);
        _ = client.ContinueWith(ended => _clients.TryRemove(ended, out _), TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = new ClientConnection(socket, _commands);
        try
        {
            await connection.ServeAsync(_stopping.Token, _abandon.Token);
        }
        catch (ProtocolException e)
        {
            await _options.Log.WriteLineAsync($"disconnected a client: {e.Message}");
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client is gone, or the gateway stops.
        }
    }
}
