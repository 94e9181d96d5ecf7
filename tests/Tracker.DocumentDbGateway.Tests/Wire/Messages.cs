using System.Buffers.Binary;
using System.Text;
using MongoDB.Bson;

namespace Tracker.DocumentDbGateway.Tests.Wire;

/// <summary>The bodies of messages as drivers send them.</summary>
internal static class Messages
{
    public static byte[] Of(BsonDocument command, int flags = 0, string? sequence = null, params BsonDocument[] documents)
    {
        using var body = new MemoryStream();
        Write(body, flags);
        body.WriteByte(0);
        body.Write(command.ToBson());
        if (sequence is not null)
        {
            var section = Encoding.UTF8.GetBytes(sequence + '\0').Concat(documents.SelectMany(document => document.ToBson())).ToArray();
            body.WriteByte(1);
            Write(body, 4 + section.Length);
            body.Write(section);
        }

        if ((flags & 1) != 0)
        {
            Write(body, 0x0BADCAFE);
        }

        return body.ToArray();
    }

    public static byte[] LegacyQuery(string collection, BsonDocument query)
    {
        using var body = new MemoryStream();
        Write(body, 0);
        body.Write(Encoding.UTF8.GetBytes(collection + '\0'));
        Write(body, 0);
        Write(body, -1);
        body.Write(query.ToBson());
        return body.ToArray();
    }

    private static void Write(MemoryStream into, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        into.Write(bytes);
    }
}
