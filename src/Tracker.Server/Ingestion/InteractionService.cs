using Grpc.Core;
using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Security;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Ingestion;

internal sealed class InteractionService(InteractionRecorder interactions, CountRecorder counts, ReceiptClaims claims, BatchStream stream, LimitTrailer limit)
    : Wire.InteractionService.InteractionServiceBase
{
    public override async Task<Wire.RecordInteractionResponse> RecordInteraction(Wire.RecordInteractionRequest request, ServerCallContext context)
    {
        using var told = limit.Tell(context);
        var outcomes = await interactions.RecordAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return outcomes[0].ToWire();
    }

    public override async Task<Wire.RecordInteractionsResponse> RecordInteractions(Wire.RecordInteractionsRequest request, ServerCallContext context)
    {
        using var told = limit.Tell(context);
        var outcomes = await interactions.RecordAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return new Wire.RecordInteractionsResponse { Results = { outcomes.ToWire() } };
    }

    public override async Task StreamInteractions(
        IAsyncStreamReader<Wire.StreamInteractionsRequest> requestStream,
        IServerStreamWriter<Wire.StreamInteractionsResponse> responseStream,
        ServerCallContext context)
    {
        using var told = limit.Tell(context);
        await stream.RunAsync(requestStream, responseStream, (batch, over) => AdmitAsync(batch, context.Caller(), over), context.CancellationToken);
    }

    public override async Task<Wire.RecordCountsResponse> RecordCounts(Wire.RecordCountsRequest request, ServerCallContext context)
    {
        var outcomes = await counts.RecordAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return outcomes.ToWire();
    }

    public override async Task<Wire.ClaimReceiptResponse> ClaimReceipt(Wire.ClaimReceiptRequest request, ServerCallContext context)
    {
        var outcome = await claims.ClaimAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return outcome.ToClaimed();
    }

    private async Task<Task<Wire.StreamInteractionsResponse>> AdmitAsync(Wire.StreamInteractionsRequest batch, Caller caller, CancellationToken cancellation)
    {
        var answer = await interactions.AdmitAsync(caller, batch.ToCore(), cancellation);
        return AnswerAsync(batch.BatchId, answer);
    }

    private static async Task<Wire.StreamInteractionsResponse> AnswerAsync(string batchId, Task<IReadOnlyList<InteractionOutcome>> answer) =>
        new() { BatchId = batchId, Results = { (await answer).ToWire() } };
}
