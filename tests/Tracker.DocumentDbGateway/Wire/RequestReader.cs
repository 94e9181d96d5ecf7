using System.Buffers.Binary;
using System.Text;
using Tracker.DocumentDbGateway.Errors;

namespace Tracker.DocumentDbGateway.Wire;

/// <summary>Reads OP_MSG, and OP_QUERY, in which a driver says its first hello.</summary>
internal static class RequestReader
{
    private const int ChecksumPresent = 1;
    private const int MoreToCome = 2;

    public static Request Read(int operation, int id, ReadOnlyMemory<byte> body)
    {
        try
        {
            return operation switch
            {
                Operation.Message => ReadMessage(id, body),
                Operation.Query => ReadQuery(id, body),
                _ => throw new ProtocolException($"operation {operation} is not served"),
            };
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or CommandException)
        {
            throw new ProtocolException("malformed message", e);
        }
    }

    private static Request ReadMessage(int id, ReadOnlyMemory<byte> body)
    {
        var flags = BinaryPrimitives.ReadInt32LittleEndian(body.Span);
        var sections = body[4..((flags & ChecksumPresent) != 0 ? ^4 : ^0)];
        ReadOnlyMemory<byte> document = default;
        ReadOnlyMemory<byte>? sequence = null;
        while (sections.Length > 0)
        {
            var kind = sections.Span[0];
            var section = sections.Slice(1, BinaryPrimitives.ReadInt32LittleEndian(sections.Span[1..]));
            sections = sections[(1 + section.Length)..];
            if (kind == 0)
            {
                document = section;
            }
            else if (kind == 1 && sequence is null)
            {
                sequence = section[(4 + section.Span[4..].IndexOf((byte)0) + 1)..];
            }
            else
            {
                throw new ProtocolException($"section of kind {kind}");
            }
        }

        return ReadCommand(id, document, sequence, wantsReply: (flags & MoreToCome) == 0);
    }

    private static Request ReadQuery(int id, ReadOnlyMemory<byte> body)
    {
        // flags, name of the collection, how many to skip, how many to return, document
        var name = body.Span[4..];
        name = name[..name.IndexOf((byte)0)];
        var rest = body[(4 + name.Length + 1 + 8)..];
        var scanner = new BsonScanner(rest.Span);
        scanner.Next();
        return new Request
        {
            Id = id,
            IsLegacyQuery = true,
            Command = scanner.NameText,
            Database = Encoding.UTF8.GetString(name).Split('.')[0],
            Document = rest[..BinaryPrimitives.ReadInt32LittleEndian(rest.Span)],
        };
    }

    private static Request ReadCommand(int id, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte>? sequence, bool wantsReply)
    {
        var scanner = new BsonScanner(document.Span);
        scanner.Next();
        var command = scanner.NameText;
        string database = "admin", session = "";
        long? number = null;
        bool starts = false, inTransaction = false;
        while (scanner.Next())
        {
            switch (scanner.NameText)
            {
                case "$db": database = scanner.Text; break;
                case "lsid": session = BsonScanner.TryFind(scanner.Value, "id"u8, out var found) ? Convert.ToHexString(found.Value) : ""; break;
                case "txnNumber": number = scanner.Number; break;
                case "startTransaction": starts = scanner.IsTrue; break;
                case "autocommit": inTransaction = !scanner.IsTrue; break;
            }
        }

        return new Request
        {
            Id = id,
            WantsReply = wantsReply,
            Command = command,
            Database = database,
            Document = document,
            Sequence = sequence,
            Session = session,
            TransactionNumber = number,
            StartsTransaction = starts,
            IsInTransaction = inTransaction,
        };
    }
}
