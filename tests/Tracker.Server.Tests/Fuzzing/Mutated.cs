using CsCheck;
using Google.Protobuf;

namespace Tracker.Server.Tests.Fuzzing;

/// <summary>Bytes near those of a valid message: near enough to parse, and to get far.</summary>
internal static class Mutated
{
    public static Gen<byte[]> Of(IMessage message)
    {
        var valid = message.ToByteArray();
        var mostChanges = Math.Clamp(valid.Length / 16, 1, 12);
        return Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte).Array[1, mostChanges].Select(changes =>
        {
            var bytes = (byte[])valid.Clone();
            foreach (var (position, value) in changes)
            {
                bytes[position] = value;
            }

            return bytes;
        });
    }

    /// <returns>Null where the bytes are no message.</returns>
    public static T? TryParse<T>(byte[] bytes)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return new MessageParser<T>(() => new T()).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
