using System.Buffers;
using Grpc.Core;

namespace Tracker.Bench.Load;

/// <summary>The calls of InteractionService over bytes that are serialised already.</summary>
internal static class RawCalls
{
    private const string Service = "tracker.v1.InteractionService";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(
        (bytes, context) => context.Complete(bytes),
        context => context.PayloadAsReadOnlySequence().ToArray());

    public static Method<byte[], byte[]> One { get; } = new(MethodType.Unary, Service, "RecordInteraction", Bytes, Bytes);

    public static Method<byte[], byte[]> Many { get; } = new(MethodType.Unary, Service, "RecordInteractions", Bytes, Bytes);

    public static Method<byte[], byte[]> Stream { get; } = new(MethodType.DuplexStreaming, Service, "StreamInteractions", Bytes, Bytes);

    /// <param name="field">Of the interactions in the message.</param>
    public static byte[] Message(IReadOnlyCollection<byte[]> bodies, int field)
    {
        var size = bodies.Sum(body => 1 + Google.Protobuf.CodedOutputStream.ComputeLengthSize(body.Length) + body.Length);
        var message = new byte[size];
        var output = new Google.Protobuf.CodedOutputStream(message);
        foreach (var body in bodies)
        {
            output.WriteTag(field, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            output.WriteBytes(Google.Protobuf.ByteString.CopyFrom(body));
        }

        output.Flush();
        return message;
    }
}
