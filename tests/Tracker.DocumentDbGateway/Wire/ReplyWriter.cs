using System.Buffers;
using System.Buffers.Binary;

namespace Tracker.DocumentDbGateway.Wire;

internal static class ReplyWriter
{
    private const int MessageHeader = 21;
    private const int QueryHeader = 36;
    private const int AwaitCapable = 8;

    private static int LastId;

    public static async ValueTask WriteAsync(Stream stream, Request request, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        var header = request.IsLegacyQuery ? QueryHeader : MessageHeader;
        var length = header + document.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            WriteHeader(buffer.AsSpan(0, header), request, length);
            document.CopyTo(buffer.AsMemory(header));
            await stream.WriteAsync(buffer.AsMemory(0, length), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void WriteHeader(Span<byte> header, Request request, int length)
    {
        header.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Interlocked.Increment(ref LastId));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], request.Id);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], request.IsLegacyQuery ? Operation.Reply : Operation.Message);
        if (request.IsLegacyQuery)
        {
            const int oneDocument = 1;
            BinaryPrimitives.WriteInt32LittleEndian(header[16..], AwaitCapable);
            BinaryPrimitives.WriteInt32LittleEndian(header[32..], oneDocument);
        }
    }
}
