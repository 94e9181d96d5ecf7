using System.Net;

namespace Tracker.Core.Model;

/// <summary>
/// An address is kept of a network, not of a terminal: without the last part of IPv4, and without all beyond the site of IPv6
/// (Garante 231/2021, R-153).
/// </summary>
public static class IpMask
{
    private const int IPv4Bytes = 4;
    private const int SiteBytes = 6;

    public static bool IsAddress(string text) => IPAddress.TryParse(text, out _);

    /// <returns>Empty: it is no address.</returns>
    public static string Mask(string text) => Read(text) is { } bytes ? new IPAddress(Masked(bytes)).ToString() : "";

    /// <returns>True also where there is none.</returns>
    public static bool IsMasked(string? text) => text is null || (Read(text) is { } bytes && bytes.AsSpan().SequenceEqual(Masked(bytes)));

    private static byte[]? Read(string text) =>
        IPAddress.TryParse(text, out var address) ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes() : null;

    private static byte[] Masked(byte[] bytes)
    {
        byte[] masked = [.. bytes];
        // The site of 2002::/16 is a whole IPv4 address (RFC 3056).
        var kept = bytes.Length == IPv4Bytes ? IPv4Bytes - 1 : bytes is [0x20, 0x02, ..] ? SiteBytes - 1 : SiteBytes;
        masked.AsSpan(kept).Clear();
        return masked;
    }
}
