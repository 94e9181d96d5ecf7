using System.Text;

namespace Tracker.DocumentDbGateway.Wire;

/// <summary>One command. Its bytes lie in the receive buffer of the connection and are valid until the reply is written.</summary>
internal sealed class Request
{
    public int Id { get; init; }

    public bool WantsReply { get; init; } = true;

    public bool IsLegacyQuery { get; init; }

    public required string Command { get; init; }

    public required string Database { get; init; }

    public required ReadOnlyMemory<byte> Document { get; set; }

    /// <summary>The documents, updates or deletes of a bulk command, one after the other; they are what the extension calls a bsonsequence.</summary>
    public ReadOnlyMemory<byte>? Sequence { get; set; }

    /// <summary>The id of the logical session in hexadecimal digits, or nothing.</summary>
    public string Session { get; init; } = "";

    public long? TransactionNumber { get; init; }

    public bool StartsTransaction { get; init; }

    public bool IsInTransaction { get; init; }

    public string Collection => BsonScanner.TryFind(Document.Span, Encoding.UTF8.GetBytes(Command), out var found) ? found.Text : "";

    public bool IsRetryableWrite => TransactionNumber is not null && !IsInTransaction && Session.Length > 0;
}
