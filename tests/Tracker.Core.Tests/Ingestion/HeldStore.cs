using System.Threading.Channels;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>A store that takes several commits at a time, and holds them until they are released.</summary>
internal sealed class HeldStore(IRecordStore inner) : IRecordStore
{
    public const int Most = 4;

    private readonly Lock _lock = new();
    private readonly List<MicroBatch> _asked = [];
    private readonly Channel<MicroBatch> _arrivals = System.Threading.Channels.Channel.CreateUnbounded<MicroBatch>();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _atATime;

    public int CommitsAtATime => Most;

    public int MinPartSize => 100;

    /// <summary>Whether those that come from now on are held.</summary>
    public bool IsHolding { get; set; } = true;

    /// <summary>What the first commit fails with once it is released; null: it does not.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether the store is away for whoever reads.</summary>
    public bool RefusesReads { get; set; }

    public int MostAtATime { get; private set; }

    /// <summary>All that it was asked to commit.</summary>
    public IReadOnlyList<MicroBatch> Asked
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Until it was asked once more.</summary>
    public async Task ArrivalAsync() => await _arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public void Release()
    {
        IsHolding = false;
        _release.TrySetResult();
    }

    public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) =>
        RefusesReads ? throw RefusalException.StoreAway() : inner.ExistAsync(tenant, keys, cancellation);

    public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) => inner.ReadContactsAsync(tenant, profiles, cancellation);

    public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
    {
        bool isFirst;
        lock (_lock)
        {
            isFirst = _asked.Count == 0;
            _asked.Add(batch);
            MostAtATime = Math.Max(MostAtATime, ++_atATime);
        }

        try
        {
            // Before whoever waits for the arrival can change it for the next.
            var isHeld = IsHolding;
            _arrivals.Writer.TryWrite(batch);
            if (isHeld)
            {
                await _release.Task;
            }

            return isFirst && Fault is { } fault ? throw fault : await inner.CommitAsync(batch, cancellation);
        }
        finally
        {
            lock (_lock)
            {
                _atATime--;
            }
        }
    }
}
