using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Tracker.DocumentDbGateway.Postgres;

/// <summary>Statements with numbered parameters. BSON goes as bytea, which the extension casts by itself.</summary>
internal static class Statement
{
    // The texts are constants of this project; a client's words only ever travel as parameters.
#pragma warning disable CA2100
    public static NpgsqlCommand On(NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> arguments)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(Parameter(argument));
        }

        return command;
    }
#pragma warning restore CA2100

    private static NpgsqlParameter Parameter(object? argument) => argument switch
    {
        string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
        ReadOnlyMemory<byte> bytes => new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
        double number => new NpgsqlParameter<double> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Double },
        long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Bigint | NpgsqlDbType.Array },
        Absent.Text => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => throw new UnreachableException(),
    };
}
