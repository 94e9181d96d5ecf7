namespace Tracker.DocumentDbGateway.Hosting;

/// <param name="Postgres">Connection string of PostgreSQL with DocumentDB.</param>
public sealed record GatewayOptions(string Postgres)
{
    /// <summary>On loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Clients beyond are disconnected at once.</summary>
    public int MaxConnections { get; init; } = 1_000;

    public TimeSpan TransactionIdle { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan CursorIdle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For how long the answer to a retryable write is known, as long as hello says that a session lives.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan HousekeepingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long commands under way may finish after the gateway was told to stop.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TextWriter Log { get; init; } = Console.Error;

    /// <summary>The words of the command line: --postgres, --port, --transaction-idle (seconds) and --max-connections with their values.</summary>
    public static GatewayOptions Parse(IReadOnlyList<string> words)
    {
        var options = new GatewayOptions("");
        foreach (var word in words.Chunk(2))
        {
            options = word switch
            {
                ["--postgres", var value] => options with { Postgres = value },
                ["--port", var value] when int.TryParse(value, out var port) => options with { Port = port },
                ["--transaction-idle", var value] when int.TryParse(value, out var seconds) => options with { TransactionIdle = TimeSpan.FromSeconds(seconds) },
                ["--max-connections", var value] when int.TryParse(value, out var limit) => options with { MaxConnections = limit },
                _ => throw new ArgumentException($"not understood: {string.Join(' ', word)}"),
            };
        }

        return options.Postgres.Length > 0 ? options : throw new ArgumentException("--postgres is missing");
    }
}
