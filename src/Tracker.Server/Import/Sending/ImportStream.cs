using Grpc.Core;
using Tracker.Contracts.V1;

namespace Tracker.Server.Import.Sending;

/// <summary>One call of StreamInteractions: writes from the window and reads answers at the same time.</summary>
internal sealed class ImportStream(
    InteractionService.InteractionServiceClient client,
    Metadata headers,
    SendWindow window,
    ImportTally tally)
{
    private volatile bool _isWritten;

    /// <exception cref="RpcException">The stream ended before everything was answered.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var call = client.StreamInteractions(headers, cancellationToken: ending.Token);
        var writing = WriteAsync(call.RequestStream, ending.Token);

        try
        {
            await ReadAsync(call.ResponseStream, ending.Token);
        }
        finally
        {
            await ending.CancelAsync();
            // What breaks a stream reaches the reading side too, and is told there.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(IClientStreamWriter<StreamInteractionsRequest> requests, CancellationToken cancellation)
    {
        foreach (var batch in window.Unanswered)
        {
            await requests.WriteAsync(batch.Request, cancellation);
        }

        while (await window.NextAsync(cancellation) is { } batch)
        {
            await requests.WriteAsync(batch.Request, cancellation);
        }

        _isWritten = true;
        await requests.CompleteAsync();
    }

    private async Task ReadAsync(IAsyncStreamReader<StreamInteractionsResponse> answers, CancellationToken cancellation)
    {
        while (await answers.MoveNext(cancellation))
        {
            var answer = answers.Current;
            if (window.Oldest is not { } batch || batch.Request.BatchId != answer.BatchId)
            {
                throw Broken(StatusCode.DataLoss, "the server answered a batch out of order");
            }

            tally.Answered(batch, answer.Results);
            window.Answered();
        }

        if (!_isWritten || window.Oldest is not null)
        {
            throw Broken(StatusCode.Unavailable, "the stream ended before every batch was answered");
        }
    }

    private static RpcException Broken(StatusCode code, string detail) => new(new Status(code, detail));
}
