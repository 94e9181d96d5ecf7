using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

/// <summary>
/// Bytes of messages that are being read, all connections together. A message takes its whole length before it is read on, in the order they came:
/// one that had a part of it could wait for ever for others that have a part.
/// </summary>
internal sealed class MessageBudget(IOptions<ServerOptions> options)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _line = [];
    private long _free = Math.Max(options.Value.MaxReadingBytes, options.Value.MaxMessageBytes);

    /// <returns>Completes when so many bytes are taken; they must be given back.</returns>
    /// <exception cref="OperationCanceledException">Nothing was taken.</exception>
    public async Task TakeAsync(long bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Waiting waiting;
        lock (_gate)
        {
            waiting = new(bytes);
            _line.AddLast(waiting);
            LetIn();
        }

        using var gaveUp = cancellation.Register(() => GiveUp(waiting, cancellation));
        await waiting.Taken.Task;
    }

    public void GiveBack(long bytes)
    {
        lock (_gate)
        {
            _free += bytes;
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_line.First is { } first && first.Value.Bytes <= _free)
        {
            _free -= first.Value.Bytes;
            _line.RemoveFirst();
            first.Value.Taken.SetResult();
        }
    }

    private void GiveUp(Waiting waiting, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (waiting.Taken.TrySetCanceled(cancellation))
            {
                _line.Remove(waiting);
                LetIn();
            }
        }
    }

    private sealed record Waiting(long Bytes)
    {
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
