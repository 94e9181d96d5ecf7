using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Tracker.Server.Ingestion;
using Tracker.TestKit;
using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>Clients that send much at once, or do not read what they are answered.</summary>
[Collection(nameof(FaultCollection))]
public sealed class HostileClientTests : IDisposable
{
    // Of managed memory, 256 MiB: beyond it the process ends.
    private const string HeapLimit = "0x10000000";

    private readonly TempFolder _folder = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Many_large_messages_at_once_take_no_more_memory_than_a_few()
    {
        // Two at a time: while it is parsed a message takes some four times its bytes.
        await using var node = new Node(_folder.Path, "--Tracker:Server:MaxReadingBytes=16777216") { Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit } };
        await node.StartAsync(_cancellation);
        var title = new string('a', 8 * 1_048_576);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => SendAloneAsync(node, View($"view-{number}", title))));

        Assert.All(outcomes, outcome => Assert.Equal(Wire.Outcome.Invalid, outcome));
    }

    [Fact]
    public async Task Who_does_not_read_the_answers_is_read_no_further_and_holds_nobody_up()
    {
        const int Batches = 60;
        await using var node = new Node(_folder.Path);
        await node.StartAsync(_cancellation);
        using var stream = node.Interactions.StreamInteractions(cancellationToken: _cancellation);

        var writing = WriteAsync(stream.RequestStream, Batches);
        await Eventually.BecomesAsync("nothing waits", async () => await UsedAsync(node) == "0.00", _cancellation);
        Assert.False(writing.IsCompleted);

        // And nothing of it is lost.
        var accepted = 0;
        await foreach (var answer in stream.ResponseStream.ReadAllAsync(_cancellation))
        {
            accepted += answer.Results.Count(result => result.Outcome == Wire.Outcome.Accepted);
        }

        await writing;
        Assert.Equal(Batches * 500, accepted);
    }

    private async Task<Wire.Outcome> SendAloneAsync(Node node, Wire.Interaction interaction)
    {
        using var channel = GrpcChannel.ForAddress(node.Address, new() { MaxSendMessageSize = null });
        var answer = await new Wire.InteractionService.InteractionServiceClient(channel).RecordInteractionAsync(new() { Interaction = interaction }, cancellationToken: _cancellation);
        return answer.Result.Outcome;
    }

    private async Task WriteAsync(IClientStreamWriter<Wire.StreamInteractionsRequest> requests, int batches)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            var number = batch;
            await requests.WriteAsync(new() { BatchId = $"{batch}", Interactions = { Enumerable.Range(0, 500).Select(place => Receipt($"receipt-{number}-{place}")) } }, _cancellation);
        }

        await requests.CompleteAsync();
    }

    /// <returns>What the trailer of a call of somebody else says, who is answered.</returns>
    private async Task<string?> UsedAsync(Node node)
    {
        using var call = node.Interactions.RecordInteractionAsync(new() { Interaction = Receipt(Guid.NewGuid().ToString()) }, cancellationToken: _cancellation);
        Assert.Equal(Wire.Outcome.Accepted, (await call).Result.Outcome);
        return call.GetTrailers().GetValue(LimitTrailer.Name);
    }

    private static Wire.Interaction Receipt(string id) => new()
    {
        MessageId = id,
        Type = "purchase.completed",
        Channel = Wire.Channel.Pos,
        OccurredAt = DateTimeOffset.UtcNow.ToTimestamp(),
        Content = new() { Commerce = new() { OrderId = id, Total = new() { CurrencyCode = "EUR", Units = 21 } } },
    };

    private static Wire.Interaction View(string id, string title) => new()
    {
        MessageId = id,
        Type = "page.viewed",
        Channel = Wire.Channel.Web,
        OccurredAt = DateTimeOffset.UtcNow.ToTimestamp(),
        Content = new() { Online = new() { PageTitle = title } },
    };
}
