using Npgsql;
using Tracker.Bench.Load;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Others;

/// <summary>What <see cref="PlainService"/> stands on, with the consents of the workload.</summary>
internal static class PlainTables
{
    public static async Task CreateAsync(string postgres, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var command = source.CreateCommand($"""
            DROP TABLE IF EXISTS identities, consents, interactions;
            CREATE TABLE identities (identifier text PRIMARY KEY, person bigint GENERATED ALWAYS AS IDENTITY);
            CREATE TABLE consents (person bigint, purpose int, given boolean NOT NULL, PRIMARY KEY (person, purpose));
            CREATE TABLE interactions (message_id text PRIMARY KEY, person bigint, occurred_at timestamptz NOT NULL, expire_at timestamptz NOT NULL, body bytea NOT NULL);
            CREATE INDEX ON interactions (person, occurred_at);
            CREATE INDEX ON interactions (expire_at);
            INSERT INTO identities (identifier) SELECT 'shopper' || number || '@example.com' FROM generate_series(0, {Mix.Shoppers - 1}) AS number;
            INSERT INTO consents SELECT person, {(int)Wire.Purpose.Profiling}, true FROM identities;
            """);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task DropAsync(string postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var command = source.CreateCommand("DROP TABLE IF EXISTS identities, consents, interactions");
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
