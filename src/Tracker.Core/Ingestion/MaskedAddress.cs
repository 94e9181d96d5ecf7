using System.Net;
using System.Net.Sockets;

namespace Tracker.Core.Ingestion;

/// <summary>Masked as first-party analytics without consent must be (Garante 231/2021, R-153): the last part of IPv4, all beyond /48 of IPv6.</summary>
internal static class MaskedAddress
{
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
        return parsed.AddressFamily == AddressFamily.InterNetwork || parsed.IsIPv4MappedToIPv6
            ? bytes[^1] == 0
            : !bytes.AsSpan(KeptBytesOfIPv6).ContainsAnyExcept((byte)0);
    }
}
