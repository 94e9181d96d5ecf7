using Grpc.Core;
using Tracker.Core.Model;

namespace Tracker.Server.Ingestion;

/// <summary>
/// A stream of batches: a few under way at a time, answered in the order sent. While that many are under way nothing more
/// is read, so HTTP/2 flow control slows the sender down.
/// </summary>
internal sealed class BatchStream(IHostApplicationLifetime lifetime)
{
    public const int MaxUnderWay = 4;

    public async Task RunAsync<TRequest, TAnswer>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TAnswer> answers,
        Func<TRequest, Task<TAnswer>> record,
        CancellationToken cancellation)
    {
        var underWay = new Queue<Task<TAnswer>>(MaxUnderWay);
        var reading = ReadAsync(requests, cancellation);
        var isOpen = true;
        while (isOpen || underWay.Count > 0)
        {
            if (isOpen && await IsReadNextAsync(reading, underWay))
            {
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        underWay.Count < MaxUnderWay && (underWay.Count == 0 || await Task.WhenAny(underWay.Peek(), reading) == reading);

    // A server that stops takes no further batch; those under way are finished and answered first.
    private Task<bool> ReadAsync<TRequest>(IAsyncStreamReader<TRequest> requests, CancellationToken cancellation)
    {
        var stopping = lifetime.ApplicationStopping;
        return stopping.IsCancellationRequested
            ? Task.FromCanceled<bool>(stopping)
            : requests.MoveNext(cancellation).WaitAsync(stopping);
    }
}
