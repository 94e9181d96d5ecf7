using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>A store that takes several commits at a time, and begins none before the micro-batch after it has been read, if there will be one.</summary>
internal sealed class OvertakenStore(IRecordStore inner, Func<bool> mayBeOvertaken) : IRecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<InteractionKey, int> _readings = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reading;

    public int CommitsAtATime => 4;

    public int MinPartSize => 100;

    /// <summary>How many commits began after something else was read.</summary>
    public int Overtaken { get; private set; }

    public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _reading++;
            foreach (var key in keys)
            {
                _readings[key] = _reading;
            }
        }

        return inner.ExistAsync(tenant, keys, cancellation);
    }

    /// <summary>The last question of a reading.</summary>
    public async Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation)
    {
        var contacts = await inner.ReadContactsAsync(tenant, profiles, cancellation);
        lock (_lock)
        {
            _next.TrySetResult();
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return contacts;
    }

    public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
    {
        Task next;
        lock (_lock)
        {
            // A repeat of one may have been read since.
            var isOvertaken = batch.Interactions.Any(write => _readings[write.Key] < _reading);
            Overtaken += isOvertaken || mayBeOvertaken() ? 1 : 0;
            next = isOvertaken || !mayBeOvertaken() ? Task.CompletedTask : _next.Task;
        }

        await next;
        return await inner.CommitAsync(batch, cancellation);
    }
}
