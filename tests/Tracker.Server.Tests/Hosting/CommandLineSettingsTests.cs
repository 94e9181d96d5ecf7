using Tracker.Server.Hosting;

namespace Tracker.Server.Tests.Hosting;

public sealed class CommandLineSettingsTests
{
    [Theory]
    [InlineData("--Tracker:Server:GrpcPort", "6001")]
    [InlineData("--tracker:server:grpcport=6001", "--Logging:LogLevel:Default", "Debug")]
    [InlineData("/Tracker:Server:GrpcPort", "6001", "--environment", "Development")]
    [InlineData("Tracker:Server:GrpcPort=6001")]
    [InlineData("--Tracker:Ingestion:MaxWaiting", "-5")]
    public void Settings_in_every_form_are_taken(params string[] arguments) =>
        Assert.Null(CommandLineSettings.FindFault(arguments));

    [Theory]
    [InlineData("'--GrpcPort' is neither", "--GrpcPort", "6001")]
    [InlineData("'--Traker:Server:GrpcPort' is neither", "--Traker:Server:GrpcPort=6001")]
    [InlineData("'serve' is neither", "--Tracker:Server:GrpcPort", "6001", "serve")]
    [InlineData("'-p' is neither", "-p", "6001")]
    [InlineData("'--Tracker:Server:GrpcPort' has no value", "--Tracker:Server:GrpcPort")]
    [InlineData("'--Tracker:Server:GrpcPort' has no value", "--Tracker:Server:GrpcPort", "--Tracker:Server:HttpPort=0")]
    public void What_sets_nothing_is_named(string said, params string[] arguments) =>
        Assert.StartsWith(said, CommandLineSettings.FindFault(arguments), StringComparison.Ordinal);
}
