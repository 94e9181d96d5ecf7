using Grpc.Core;
using Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Import;

/// <summary>Accepts what it has not seen and calls the rest duplicates, by the key of the contract.</summary>
internal sealed class FakeInteractionService(FakeServer server) : InteractionService.InteractionServiceBase
{
    public override async Task StreamInteractions(
        IAsyncStreamReader<StreamInteractionsRequest> requestStream,
        IServerStreamWriter<StreamInteractionsResponse> responseStream,
        ServerCallContext context)
    {
        server.Headers = context.RequestHeaders;
        await foreach (var batch in requestStream.ReadAllAsync(context.CancellationToken))
        {
            server.BatchSizes.Enqueue(batch.Interactions.Count);
            await server.BeforeAnswer(server.BatchSizes.Count, context);
            var results = batch.Interactions.Select(Decide);
            await responseStream.WriteAsync(new StreamInteractionsResponse { BatchId = batch.BatchId, Results = { results } }, context.CancellationToken);
        }
    }

    private InteractionResult Decide(Interaction interaction)
    {
        var key = $"{interaction.MessageId}/{interaction.OccurredAt.ToDateTime():yyyy-MM-dd}";
        return server.Stored.TryAdd(key, interaction)
            ? server.Answer(interaction)
            : new InteractionResult { MessageId = interaction.MessageId, Outcome = Outcome.Duplicate };
    }
}
