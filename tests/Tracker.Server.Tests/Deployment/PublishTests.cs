using Grpc.Health.V1;

namespace Tracker.Server.Tests.Deployment;

public class PublishTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_Dockerfile_publishes_serves_and_stops_when_told_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The image is one of Linux.");
        await using var server = new PublishedServer();
        await server.PublishAsync(Cancellation);

        server.Start();

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await server.WaitUntilServingAsync(Cancellation));
        Assert.Equal(0, await server.CheckHealthAsync(Cancellation));
        await server.Process.TerminateAsync(Cancellation);
        Assert.Equal(0, await server.Process.WaitAsync(Cancellation));
        Assert.NotEqual(0, await server.CheckHealthAsync(Cancellation));
    }
}
