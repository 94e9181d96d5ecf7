using System.Buffers.Binary;
using System.Net.Sockets;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Tracker.DocumentDbGateway.Tests;

/// <summary>Sends what no driver would: the same write twice, another session's cursor, a broken message.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client;
    private int _lastId;

    private RawClient(string address)
    {
        var server = new Uri(address);
        _client = new TcpClient(server.Host, server.Port);
    }

    public static RawClient Connect(string address) => new(address);

    public static BsonDocument Session(Guid id) => new("id", new BsonBinaryData(id, GuidRepresentation.Standard));

    public async Task<BsonDocument> RunAsync(string database, BsonDocument command, CancellationToken cancellation)
    {
        var document = new BsonDocument(command) { { "$db", database } }.ToBson();
        var message = new byte[21 + document.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), ++_lastId);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), 2013);
        document.CopyTo(message, 21);
        await SendAsync(message, cancellation);
        return await ReceiveAsync(cancellation) ?? throw new IOException("The gateway has closed the connection.");
    }

    public async Task SendAsync(byte[] message, CancellationToken cancellation) => await _client.GetStream().WriteAsync(message, cancellation);

    /// <returns>Null if the gateway has closed the connection.</returns>
    public async Task<BsonDocument?> ReceiveAsync(CancellationToken cancellation)
    {
        var header = new byte[21];
        if (await _client.GetStream().ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation) < header.Length)
        {
            return null;
        }

        var document = new byte[BinaryPrimitives.ReadInt32LittleEndian(header) - header.Length];
        await _client.GetStream().ReadExactlyAsync(document, cancellation);
        return BsonSerializer.Deserialize<BsonDocument>(document);
    }

    public void Dispose() => _client.Dispose();
}
