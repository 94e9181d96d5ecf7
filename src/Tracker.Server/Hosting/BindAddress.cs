using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Tracker.Server.Hosting;

/// <summary>The address a server listens on, as written in the settings.</summary>
internal static class BindAddress
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = text switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.IPv6Any,
            _ => IPAddress.TryParse(text, out var parsed) ? parsed : null,
        };
        return address is not null;
    }

    public static bool IsLoopback(string? text) => TryParse(text, out var address) && IPAddress.IsLoopback(address);
}
