using Google.Protobuf;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Others;

/// <summary>
/// What one would write first: a transaction per call on PostgreSQL; the identity row and the consent row are read, the interaction is
/// inserted unless its id is there. No encryption, no retention, no proof.
/// </summary>
internal sealed class PlainService(NpgsqlDataSource source) : Wire.InteractionService.InteractionServiceBase
{
    public override async Task<Wire.RecordInteractionResponse> RecordInteraction(Wire.RecordInteractionRequest request, ServerCallContext context)
    {
        var interaction = request.Interaction;
        await using var connection = await source.OpenConnectionAsync(context.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(context.CancellationToken);
        var person = interaction.Identifiers.Count == 0 ? null : await FindPersonAsync(connection, interaction.Identifiers[0].Value, context.CancellationToken);
        var isPermitted = person is null || interaction.Purposes.Count == 0 || await HasConsentAsync(connection, person.Value, (int)interaction.Purposes[0], context.CancellationToken);
        var isNew = isPermitted && await InsertAsync(connection, interaction, person, context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
        return new()
        {
            Result = new()
            {
                MessageId = interaction.MessageId,
                Outcome = !isPermitted ? Wire.Outcome.Denied : isNew ? Wire.Outcome.Accepted : Wire.Outcome.Duplicate,
            },
        };
    }

    private static async Task<long?> FindPersonAsync(NpgsqlConnection connection, string identifier, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT person FROM identities WHERE identifier = $1", connection) { Parameters = { new() { Value = identifier } } };
        await command.PrepareAsync(cancellation);
        if (await command.ExecuteScalarAsync(cancellation) is long known)
        {
            return known;
        }

        await using var insert = new NpgsqlCommand("INSERT INTO identities (identifier) VALUES ($1) ON CONFLICT (identifier) DO UPDATE SET identifier = EXCLUDED.identifier RETURNING person", connection) { Parameters = { new() { Value = identifier } } };
        await insert.PrepareAsync(cancellation);
        return (long)(await insert.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<bool> HasConsentAsync(NpgsqlConnection connection, long person, int purpose, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT given FROM consents WHERE person = $1 AND purpose = $2", connection) { Parameters = { new() { Value = person }, new() { Value = purpose } } };
        await command.PrepareAsync(cancellation);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static async Task<bool> InsertAsync(NpgsqlConnection connection, Wire.Interaction interaction, long? person, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO interactions (message_id, person, occurred_at, expire_at, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (message_id) DO NOTHING", connection)
        {
            Parameters =
            {
                new() { Value = interaction.MessageId },
                new() { Value = (object?)person ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
                new() { Value = interaction.OccurredAt.ToDateTime() },
                new() { Value = interaction.OccurredAt.ToDateTime().AddYears(1) },
                new() { Value = interaction.ToByteArray() },
            },
        };
        await command.PrepareAsync(cancellation);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
