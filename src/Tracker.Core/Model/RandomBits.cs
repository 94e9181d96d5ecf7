using System.Security.Cryptography;

namespace Tracker.Core.Model;

/// <summary>Random bits that are no secret (of ids and nonces), fetched for many at a time: the call costs more than the bits. Keys are not made of them, which would lie about in memory before.</summary>
internal static class RandomBits
{
    private const int Fetched = 1_024;

    [ThreadStatic]
    private static byte[]? Bits;

    [ThreadStatic]
    private static int Left;

    /// <param name="count">At most 1,024.</param>
    /// <returns>Nobody gets them again; good until this thread takes more.</returns>
    public static ReadOnlySpan<byte> Take(int count)
    {
        Bits ??= new byte[Fetched];
        if (Left < count)
        {
            RandomNumberGenerator.Fill(Bits);
            Left = Fetched;
        }

        Left -= count;
        return Bits.AsSpan(Left, count);
    }
}
