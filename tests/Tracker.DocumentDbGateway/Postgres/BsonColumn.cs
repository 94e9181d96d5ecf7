using Npgsql;

namespace Tracker.DocumentDbGateway.Postgres;

internal static class BsonColumn
{
    // What a procedure gives back cannot be cast to bytea, and GetBytes is the one accessor that accepts an unknown type.
    public static byte[] Read(NpgsqlDataReader row, int column)
    {
        var bytes = new byte[row.GetBytes(column, 0, null, 0, 0)];
        row.GetBytes(column, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
