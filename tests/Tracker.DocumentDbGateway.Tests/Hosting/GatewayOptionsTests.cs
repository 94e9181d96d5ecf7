using Tracker.DocumentDbGateway.Hosting;

namespace Tracker.DocumentDbGateway.Tests.Hosting;

public class GatewayOptionsTests
{
    [Fact]
    public void The_command_line_says_where_PostgreSQL_is_and_where_to_listen()
    {
        var options = GatewayOptions.Parse(["--postgres", "Host=127.0.0.1", "--port", "27911", "--max-connections", "10", "--transaction-idle", "3"]);

        Assert.Equal(("Host=127.0.0.1", 27911, 10, TimeSpan.FromSeconds(3)), (options.Postgres, options.Port, options.MaxConnections, options.TransactionIdle));
    }

    [Theory]
    [InlineData("--port", "27911")]
    [InlineData("--postgres", "Host=127.0.0.1", "--port", "many")]
    [InlineData("--postgres", "Host=127.0.0.1", "--port")]
    [InlineData("--postgres", "Host=127.0.0.1", "--prot", "1")]
    public void What_is_not_understood_stops_the_start(params string[] words) => Assert.Throws<ArgumentException>(() => GatewayOptions.Parse(words));
}
