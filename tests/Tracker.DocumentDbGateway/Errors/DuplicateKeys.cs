using System.Globalization;
using Npgsql;
using Tracker.DocumentDbGateway.Postgres;

namespace Tracker.DocumentDbGateway.Errors;

/// <summary>Duplicates in MongoDB's words: clients look for E11000 and the name of the index.</summary>
internal sealed class DuplicateKeys(NpgsqlDataSource postgres)
{
    private const string OfIndex =
        """
        SELECT (index_spec).index_name, database_name || '.' || collection_name
        FROM documentdb_api_catalog.collection_indexes JOIN documentdb_api_catalog.collections USING (collection_id) WHERE index_id = $1
        """;

    private const string OfPrimaryKey =
        "SELECT '_id_', database_name || '.' || collection_name FROM documentdb_api_catalog.collections WHERE collection_id = $1";

    /// <param name="message">As the extension writes it: Duplicate key violation on the requested collection: Index 'x'</param>
    public static string Text(string message, string collection)
    {
        const string before = "Index '";
        var start = message.IndexOf(before, StringComparison.Ordinal);
        return Text(collection, start < 0 ? "unknown" : message[(start + before.Length)..].TrimEnd('\''), message);
    }

    /// <summary>Some escape as errors of PostgreSQL, which name the constraint: documents_rum_index_7, collection_pk_3.</summary>
    public async Task<CommandException> DescribeAsync(PostgresException error, CancellationToken cancellation)
    {
        var constraint = error.ConstraintName is { Length: > 0 } name ? name : error.MessageText.Split('"').ElementAtOrDefault(1) ?? "";
        var (index, collection) = await FindAsync(constraint, cancellation) ?? (constraint, "unknown");
        return new CommandException(ErrorCode.DuplicateKey, Text(collection, index, error.MessageText));
    }

    private static string Text(string collection, string index, string message) =>
        $"E11000 duplicate key error collection: {collection} index: {index} dup key: {{ }} ({message})";

    private async Task<(string Index, string Collection)?> FindAsync(string constraint, CancellationToken cancellation)
    {
        if (!long.TryParse(constraint.AsSpan(constraint.LastIndexOf('_') + 1), CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        await using var query = Statement.On(connection, constraint.Contains("index", StringComparison.Ordinal) ? OfIndex : OfPrimaryKey, id);
        await using var row = await query.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetString(0), row.GetString(1)) : null;
    }
}
