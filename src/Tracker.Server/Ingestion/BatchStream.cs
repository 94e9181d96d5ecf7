using Grpc.Core;
using Tracker.Core.Model;

namespace Tracker.Server.Ingestion;

/// <summary>
/// A stream of batches: a few under way at a time, answered in the order sent. While that many are under way, or the last one waits for
/// room in the queue, nothing more is read, so HTTP/2 flow control slows the sender down.
/// </summary>
internal sealed class BatchStream(IHostApplicationLifetime lifetime)
{
    public const int MaxUnderWay = 4;

    /// <param name="admit">Completes when a batch has room, with the task of its answer. Its token tells that the stream is over: what has no room yet does not enter any more.</param>
    public async Task RunAsync<TRequest, TAnswer>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TAnswer> answers,
        Func<TRequest, CancellationToken, Task<Task<TAnswer>>> admit,
        CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reader = new Reader<TRequest>(requests, over.Token);
        var underWay = new Queue<Task<TAnswer>>(MaxUnderWay);
        try
        {
            await ServeAsync(reader, answers, batch => admit(batch, over.Token), underWay, cancellation);
        }
        finally
        {
            await over.CancelAsync();
            await reader.Moved.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync<TRequest, TAnswer>(
        Reader<TRequest> requests,
        IServerStreamWriter<TAnswer> answers,
        Func<TRequest, Task<Task<TAnswer>>> admit,
        Queue<Task<TAnswer>> underWay,
        CancellationToken cancellation)
    {
        var reading = ReadAsync(requests);
        Task admission = Task.CompletedTask;
        var isOpen = true;
        while (isOpen || underWay.Count > 0)
        {
            if (isOpen && await IsReadNextAsync(reading, admission, underWay))
            {
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                isOpen = !reading.IsCanceled && await reading;
                if (isOpen)
                {
                    var admitted = admit(requests.Current);
                    admission = admitted;
                    underWay.Enqueue(admitted.Unwrap());
                    reading = ReadAsync(requests);
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

    private static async Task<bool> IsReadNextAsync<TAnswer>(Task<bool> reading, Task admission, Queue<Task<TAnswer>> underWay)
    {
        if (underWay.Count is 0 or MaxUnderWay)
        {
            return underWay.Count == 0;
        }

        // Whether it was admitted is told with its answer.
        Task next = Task.WhenAll(reading, admission.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
        return await Task.WhenAny(underWay.Peek(), next) == next;
    }

    // A server that stops takes no further batch; those under way are finished and answered first.
    private Task<bool> ReadAsync<TRequest>(Reader<TRequest> requests)
    {
        var stopping = lifetime.ApplicationStopping;
        return stopping.IsCancellationRequested
            ? Task.FromCanceled<bool>(stopping)
            : requests.MoveNext().WaitAsync(stopping);
    }

    /// <summary>Knows what still reads: the server gives a stream that is over to the next call of its connection, which could not read beside it.</summary>
    private sealed class Reader<TRequest>(IAsyncStreamReader<TRequest> requests, CancellationToken over)
    {
        public TRequest Current => requests.Current;

        public Task Moved { get; private set; } = Task.CompletedTask;

        public Task<bool> MoveNext()
        {
            var moved = requests.MoveNext(over);
            Moved = moved;
            return moved;
        }
    }
}
