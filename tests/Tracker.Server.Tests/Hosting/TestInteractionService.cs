using Grpc.Core;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Hosting;

internal sealed class TestInteractionService(TestAct act) : Wire.InteractionService.InteractionServiceBase
{
    public override async Task<Wire.RecordInteractionsResponse> RecordInteractions(Wire.RecordInteractionsRequest request, ServerCallContext context)
    {
        await act.Do(context);
        return new Wire.RecordInteractionsResponse();
    }

    public override async Task StreamInteractions(
        IAsyncStreamReader<Wire.StreamInteractionsRequest> requestStream,
        IServerStreamWriter<Wire.StreamInteractionsResponse> responseStream,
        ServerCallContext context)
    {
        await act.Do(context);
        await foreach (var batch in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new Wire.StreamInteractionsResponse { BatchId = batch.BatchId }, context.CancellationToken);
        }
    }
}
