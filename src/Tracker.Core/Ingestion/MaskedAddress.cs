using System.Net;

namespace Tracker.Core.Ingestion;

/// <summary>Masked as first-party analytics without consent must be (Garante 231/2021, R-153): the last part of IPv4, all beyond /48 of IPv6.</summary>
internal static class MaskedAddress
{
    private const int IPv4Bytes = 4;
    private const int KeptBytesOfIPv6 = 6;

    public static bool IsMasked(string? address)
    {
        if (address is null)
        {
            return true;
        }

        if (!IPAddress.TryParse(address, out var parsed))
        {
            return false;
        }

        var bytes = (parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed).GetAddressBytes();
        return bytes.Length == IPv4Bytes
            ? bytes[^1] == 0
            : !bytes.AsSpan(KeptBytesOfIPv6).ContainsAnyExcept((byte)0) && (!IsSixToFour(bytes) || bytes[KeptBytesOfIPv6 - 1] == 0);
    }

    /// <summary>What is kept of 2002::/16 is a whole IPv4 address (RFC 3056).</summary>
    private static bool IsSixToFour(byte[] bytes) => bytes is [0x20, 0x02, ..];
}
