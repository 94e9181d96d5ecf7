using Xunit.Sdk;

namespace Tracker.TestServers.Tests;

public class TestServerTests
{
    private static readonly TestServer Missing = TestServer.Missing("MongoDB", "nothing answers");

    [Fact]
    public void A_server_that_is_there_says_where() => Assert.Equal("mongodb://somewhere/", TestServer.At("mongodb://somewhere/").Address());

    [Fact]
    public void Without_a_server_the_test_is_told_what_was_tried_and_the_command_that_helps() => Assert.EndsWith(
        "No MongoDB to test against: nothing answers. This provides it: eng/test-servers.sh run dotnet test", Refusal().Message, StringComparison.Ordinal);

    [Fact]
    public void Where_servers_are_required_a_missing_one_fails_the_test_and_elsewhere_it_skips_it() =>
        Assert.IsType(Environment.GetEnvironmentVariable(TestServer.RequiredVariable) is { Length: > 0 } ? typeof(FailException) : typeof(SkipException), Refusal());

    // Assert.Throws would let the exception that skips a test through.
    private static Exception Refusal()
    {
        try
        {
            Missing.Address();
        }
        catch (Exception e)
        {
            return e;
        }

        throw new InvalidOperationException("It was there.");
    }
}
