using System.Threading.Channels;

namespace Tracker.Server.Import.Sending;

/// <summary>
/// The batches that were sent and not answered. It outlives a broken stream: a new stream repeats them, in order,
/// before anything new.
/// </summary>
internal sealed class SendWindow(ChannelReader<ImportBatch> source, ImportTally tally, Patience patience) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<ImportBatch> _unanswered = new();
    private readonly SemaphoreSlim _room = new(SendSettings.Window);

    public IReadOnlyList<ImportBatch> Unanswered
    {
        get
        {
            lock (_gate)
            {
                return [.. _unanswered];
            }
        }
    }

    public ImportBatch? Oldest
    {
        get
        {
            lock (_gate)
            {
                return _unanswered.TryPeek(out var batch) ? batch : null;
            }
        }
    }

    /// <returns>False once everything is sent and answered.</returns>
    public async Task<bool> HasWorkAsync(CancellationToken cancellation) =>
        Oldest is not null || await source.WaitToReadAsync(cancellation);

    /// <returns>The next batch as soon as there is room for it; null after the last.</returns>
    public async Task<ImportBatch?> NextAsync(CancellationToken cancellation)
    {
        if (!await source.WaitToReadAsync(cancellation))
        {
            return null;
        }

        // Nothing is taken from the source before there is room, so that a cancelled wait loses no batch.
        await _room.WaitAsync(cancellation);
        if (!source.TryRead(out var batch))
        {
            throw new InvalidOperationException("Another reader took the batch.");
        }

        Enqueue(batch);
        tally.Sent(batch.Count);
        return batch;
    }

    public void Answered()
    {
        lock (_gate)
        {
            _unanswered.Dequeue();
            patience.Restart();
            if (_unanswered.Count == 0)
            {
                patience.Rest();
            }
        }

        _room.Release();
    }

    public void Dispose() => _room.Dispose();

    private void Enqueue(ImportBatch batch)
    {
        lock (_gate)
        {
            if (_unanswered.Count == 0)
            {
                patience.Restart();
            }

            _unanswered.Enqueue(batch);
        }
    }
}
