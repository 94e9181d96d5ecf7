using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace Tracker.TestServers;

/// <summary>A server that tests may use, or the reason why there is none.</summary>
public sealed class TestServer
{
    /// <summary>Set where a missing server must not go unnoticed: tests that need one fail instead of being skipped.</summary>
    public const string RequiredVariable = "TRACKER_TEST_SERVERS_REQUIRED";

    private readonly string? _address;
    private readonly string _reason;

    private TestServer(string? address, string reason)
    {
        _address = address;
        _reason = reason;
    }

    public bool IsThere => _address is not null;

    public static TestServer At(string address) => new(address, "");

    public static TestServer Missing(string what, string tried) =>
        new(null, $"No {what} to test against: {tried}. This provides it: eng/test-servers.sh run dotnet test");

    /// <summary>What the environment names, or nothing.</summary>
    public static TestServer? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } address ? At(address) : null;

    /// <summary>Where it is; without one the test that asks is skipped with the reason.</summary>
    public string Address() => _address ?? Skip(Environment.GetEnvironmentVariable(RequiredVariable) is { Length: > 0 });

    [DoesNotReturn]
    private string Skip(bool fail)
    {
        if (fail)
        {
            Assert.Fail(_reason);
        }

        Assert.Skip(_reason);
        return "";
    }
}
