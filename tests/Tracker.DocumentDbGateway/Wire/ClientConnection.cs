using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Tracker.DocumentDbGateway.Commands;

namespace Tracker.DocumentDbGateway.Wire;

/// <summary>One client: requests are answered one after the other, so each may point into the one receive buffer.</summary>
internal sealed class ClientConnection(Socket socket, CommandRunner commands) : IDisposable
{
    private const int HeaderLength = 16;
    private const int MaxMessage = 48_000_000;

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly byte[] _header = new byte[HeaderLength];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);

    /// <param name="stopping">No further request is read.</param>
    /// <param name="abandon">The request under way is given up.</param>
    public async Task ServeAsync(CancellationToken stopping, CancellationToken abandon)
    {
        socket.NoDelay = true;
        while (await ReadAsync(stopping) is { } request)
        {
            var reply = await commands.RunAsync(request, abandon);
            if (request.WantsReply)
            {
                await ReplyWriter.WriteAsync(_stream, request, reply, abandon);
            }
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private async Task<Request?> ReadAsync(CancellationToken stopping)
    {
        if (!await FillAsync(_header, stopping))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_header);
        if (length is < HeaderLength or > MaxMessage)
        {
            throw new ProtocolException($"message of {length} bytes");
        }

        var body = Room(length - HeaderLength);
        return await FillAsync(body, stopping)
            ? RequestReader.Read(BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(12)), BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(4)), body)
            : null;
    }

    private Memory<byte> Room(int length)
    {
        if (_buffer.Length < length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(length);
        }

        return _buffer.AsMemory(0, length);
    }

    private async ValueTask<bool> FillAsync(Memory<byte> into, CancellationToken stopping) =>
        await _stream.ReadAtLeastAsync(into, into.Length, throwOnEndOfStream: false, stopping) == into.Length;
}
