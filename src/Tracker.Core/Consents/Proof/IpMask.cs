using System.Net;
using System.Net.Sockets;

namespace Tracker.Core.Consents.Proof;

/// <summary>An address is proof of a session, not of a person: the fourth part of IPv4, and all but the site of IPv6, is not kept.</summary>
public static class IpMask
{
    private const int SiteBytes = 6;

    public static bool IsAddress(string text) => IPAddress.TryParse(text, out _);

    public static string Mask(string text)
    {
        if (!IPAddress.TryParse(text, out var address))
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(address.AddressFamily == AddressFamily.InterNetwork ? bytes.Length - 1 : SiteBytes).Clear();
        return new IPAddress(bytes).ToString();
    }
}
