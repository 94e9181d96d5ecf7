using Tracker.Server.Hosting;

namespace Tracker.Server.Tests.Hosting;

public class ServerOptionsTests
{
    [Fact]
    public void Defaults_are_valid_and_closed_to_other_machines()
    {
        Assert.Empty(Failures(new ServerOptions()));
        Assert.True(BindAddress.IsLoopback(new ServerOptions().BindAddress));
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("")]
    public void An_address_that_is_none_is_refused_by_name(string address) =>
        Assert.StartsWith("BindAddress", Assert.Single(Failures(new ServerOptions { BindAddress = address })), StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("::1", true)]
    [InlineData("*", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("192.0.2.1", false)]
    public void Only_this_machine_is_loopback(string address, bool isLoopback) => Assert.Equal(isLoopback, BindAddress.IsLoopback(address));

    [Fact]
    public void One_port_for_both_protocols_is_refused() =>
        Assert.Contains("must differ", Assert.Single(Failures(new ServerOptions { GrpcPort = 5000, HttpPort = 5000 })), StringComparison.Ordinal);

    [Fact]
    public void Every_value_out_of_range_is_named()
    {
        var options = new ServerOptions { GrpcPort = 70_000, HttpPort = -1, MaxMessageBytes = 1, MaxReadingBytes = 1, MessageTimeout = TimeSpan.Zero, MaxConnections = 0, GracePeriod = TimeSpan.FromHours(1) };

        Assert.All(
            ["GrpcPort", "HttpPort", "MaxMessageBytes", "MaxReadingBytes", "MessageTimeout", "MaxConnections", "GracePeriod"],
            name => Assert.Contains(Failures(options), failure => failure.StartsWith($"{name}: ", StringComparison.Ordinal)));
    }

    private static List<string> Failures(ServerOptions options) =>
    [
        .. new ServerOptionsValidator().Validate(null, options).Failures ?? [],
        .. new ServerAddressValidator().Validate(null, options).Failures ?? [],
    ];
}
