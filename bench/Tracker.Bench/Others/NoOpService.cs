using Google.Protobuf.Collections;
using Grpc.Core;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Others;

/// <summary>The same messages and nothing else: what transport and parsing cost.</summary>
internal sealed class NoOpService : Wire.InteractionService.InteractionServiceBase
{
    public override Task<Wire.RecordInteractionResponse> RecordInteraction(Wire.RecordInteractionRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.RecordInteractionResponse { Result = Accept(request.Interaction) });

    public override Task<Wire.RecordInteractionsResponse> RecordInteractions(Wire.RecordInteractionsRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.RecordInteractionsResponse { Results = { Accept(request.Interactions) } });

    public override async Task StreamInteractions(
        IAsyncStreamReader<Wire.StreamInteractionsRequest> requestStream,
        IServerStreamWriter<Wire.StreamInteractionsResponse> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(new() { BatchId = requestStream.Current.BatchId, Results = { Accept(requestStream.Current.Interactions) } }, context.CancellationToken);
        }
    }

    private static IEnumerable<Wire.InteractionResult> Accept(RepeatedField<Wire.Interaction> interactions) => interactions.Select(Accept);

    private static Wire.InteractionResult Accept(Wire.Interaction interaction) => new() { MessageId = interaction.MessageId, Outcome = Wire.Outcome.Accepted };
}
