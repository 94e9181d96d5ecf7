using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

public sealed class StoppingTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_told_to_stop_keeps_what_it_acknowledged_and_refuses_the_rest()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var acknowledged = 0;
        var refusals = new List<StatusCode>();
        var flood = Task.Run(
            async () =>
            {
                for (var i = 0; ; i++)
                {
                    try
                    {
                        var answer = await server.Interactions.RecordInteractionAsync(new() { Interaction = Receipt($"r-{i}") }, cancellationToken: _cancellation);
                        Assert.Equal(Wire.Outcome.Accepted, answer.Result.Outcome);
                        Interlocked.Increment(ref acknowledged);
                    }
                    catch (RpcException refused)
                    {
                        refusals.Add(refused.StatusCode);
                        return;
                    }
                }
            },
            _cancellation);
        while (Volatile.Read(ref acknowledged) < 50)
        {
            await Task.Yield();
        }

        await server.Process.TerminateAsync(_cancellation);
        var exitCode = await server.Process.WaitAsync(_cancellation);
        await flood;

        var stored = (await server.DumpAsync(_cancellation, "--part", "unique")).Count;
        Assert.Equal(0, exitCode);
        Assert.Equal([StatusCode.Unavailable], refusals);
        Assert.InRange(stored, acknowledged, acknowledged + 1);
    }

    private static Wire.Interaction Receipt(string id) => new()
    {
        MessageId = id,
        Type = "purchase.completed",
        Channel = Wire.Channel.Pos,
        OccurredAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddMinutes(-1)),
        Content = new() { Commerce = new() { Total = new() { CurrencyCode = "EUR", Units = 20 } } },
    };
}
