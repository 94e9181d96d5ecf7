using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Tracker.Server.Tests.Ingestion;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Starting;

public sealed class StopTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_outlives_a_stop()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await File.WriteAllTextAsync(_folder.File("appsettings.json"), """{"Tracker":{"Storage":{"Path":"from-settings"}}}""", Cancellation);
        var purchase = Sample.Purchase();
        purchase.SentAt = null;
        purchase.OccurredAt = DateTimeOffset.UtcNow.AddMinutes(-1).ToTimestamp();

        await using (var first = await ServerProcess.StartAsync(_folder.Path))
        {
            Assert.NotEqual(Wire.Outcome.Duplicate, await Record(first, purchase));
            await first.TerminateAsync();
            Assert.Equal(0, await first.WaitAsync());
            Assert.Equal("", first.Error.Trim());
        }

        await using var second = await ServerProcess.StartAsync(_folder.Path);
        Assert.Equal(Wire.Outcome.Duplicate, await Record(second, purchase));
        Assert.True(Directory.Exists(_folder.File("from-settings/store")));
    }

    [Fact]
    public async Task An_open_stream_is_told_to_go_elsewhere_and_does_not_delay_the_stop()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var server = await ServerProcess.StartAsync(_folder.Path, "--Tracker:Server:GracePeriod", "00:05:00");
        using var channel = server.Connect();
        using var stream = new Wire.InteractionService.InteractionServiceClient(channel).StreamInteractions(cancellationToken: Cancellation);
        await stream.RequestStream.WriteAsync(new() { BatchId = "1", Interactions = { Sample.Purchase() } }, Cancellation);
        Assert.True(await stream.ResponseStream.MoveNext(Cancellation));

        await server.TerminateAsync();

        var told = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.Unavailable, told.StatusCode);
        Assert.Equal(0, await server.WaitAsync());
    }

    private static async Task<Wire.Outcome> Record(ServerProcess server, Wire.Interaction interaction)
    {
        using var channel = server.Connect();
        var client = new Wire.InteractionService.InteractionServiceClient(channel);
        var answer = await client.RecordInteractionAsync(new() { Interaction = interaction }, cancellationToken: Cancellation);
        Assert.Empty(answer.Result.Violations);
        return answer.Result.Outcome;
    }
}
