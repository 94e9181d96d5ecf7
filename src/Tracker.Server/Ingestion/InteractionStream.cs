using Grpc.Core;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Ingestion;

/// <summary>
/// One stream: a few batches under way at a time, answered in the order sent. While that many are under way nothing more
/// is read, so HTTP/2 flow control slows the sender down.
/// </summary>
internal sealed class InteractionStream(InteractionRecorder recorder, IHostApplicationLifetime lifetime)
{
    private const int MaxBatchesUnderWay = 4;

    public Task RunAsync(
        IAsyncStreamReader<Wire.StreamInteractionsRequest> requests,
        IServerStreamWriter<Wire.StreamInteractionsResponse> answers,
        Caller caller,
        CancellationToken cancellation) =>
        RunAsync(requests, answers, batch => RecordAsync(batch, caller, cancellation), cancellation);

    internal async Task RunAsync<TRequest, TAnswer>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TAnswer> answers,
        Func<TRequest, Task<TAnswer>> record,
        CancellationToken cancellation)
    {
        var underWay = new Queue<Task<TAnswer>>();
        var reading = ReadAsync(requests, cancellation);
        var isOpen = true;
        while (isOpen || underWay.Count > 0)
        {
            if (isOpen && await IsReadNextAsync(reading, underWay))
            {
                isOpen = !reading.IsCanceled && await reading;
                if (isOpen)
                {
                    underWay.Enqueue(record(requests.Current));
                    reading = ReadAsync(requests, cancellation);
                }
            }
            else
            {
                await answers.WriteAsync(await underWay.Dequeue(), cancellation);
            }
        }

        if (reading.IsCanceled)
        {
            throw RefusalException.ShuttingDown();
        }
    }

    private static async Task<bool> IsReadNextAsync<TAnswer>(Task<bool> reading, Queue<Task<TAnswer>> underWay) =>
        underWay.Count < MaxBatchesUnderWay && (underWay.Count == 0 || await Task.WhenAny(reading, underWay.Peek()) == reading);

    // A server that stops takes no further batch; those under way are finished and answered first.
    private Task<bool> ReadAsync<TRequest>(IAsyncStreamReader<TRequest> requests, CancellationToken cancellation)
    {
        var stopping = lifetime.ApplicationStopping;
        return stopping.IsCancellationRequested
            ? Task.FromCanceled<bool>(stopping)
            : requests.MoveNext(cancellation).WaitAsync(stopping);
    }

    private async Task<Wire.StreamInteractionsResponse> RecordAsync(Wire.StreamInteractionsRequest batch, Caller caller, CancellationToken cancellation)
    {
        var outcomes = await recorder.RecordAsync(caller, batch.ToCore(), cancellation);
        return new Wire.StreamInteractionsResponse { BatchId = batch.BatchId, Results = { outcomes.ToWire() } };
    }
}
