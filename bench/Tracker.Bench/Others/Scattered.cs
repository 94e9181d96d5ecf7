using System.Buffers.Binary;

namespace Tracker.Bench.Others;

/// <summary>Keys that are spread evenly and never meet: SplitMix64 of a number (Steele et al. 2014), at no cost that would be measured.</summary>
internal static class Scattered
{
    /// <param name="key">At least 16 bytes, of which the first 16 are written.</param>
    public static void Write(Span<byte> key, int number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(key, Mix((ulong)number * 2));
        BinaryPrimitives.WriteUInt64BigEndian(key[8..], Mix(((ulong)number * 2) + 1));
    }

    private static ulong Mix(ulong number)
    {
        unchecked
        {
            var mixed = (number + 1) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
