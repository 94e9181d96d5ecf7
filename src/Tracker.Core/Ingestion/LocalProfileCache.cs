using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// What one node remembers for itself: a shopper looks at many pages in a row. As any cache it decides nothing: a link is confirmed by the
/// control it leads to, a ledger is of exactly the epoch that was read. What has ended is hidden at once, and out of memory within a lifetime.
/// </summary>
public sealed class LocalProfileCache : IProfileCache, IDisposable
{
    // One heavy ledger is not worth those of a hundred people.
    private const int PartOfOne = 100;

    private readonly Lock _gate = new();
    private readonly Generations<(TenantId, IdentifierHash), ProfileId?> _links;
    private readonly Generations<(TenantId, LedgerVersion), IReadOnlyList<ConsentEntry>> _ledgers;
    private readonly int _heaviest;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private readonly ITimer _turns;

    /// <param name="most">Links, and as many decisions in ledgers; at least 2.</param>
    /// <param name="lifetime">How long anything is remembered at most, however often it is asked for: a review may have ended it earlier since.</param>
    public LocalProfileCache(int most, TimeSpan lifetime, TimeProvider time)
    {
        (_links, _ledgers, _heaviest, _lifetime, _time) = (new(most), new(most), Math.Max(1, most / PartOfOne), lifetime, time);
        _turns = time.CreateTimer(_ => Turn(), state: null, lifetime / 2, lifetime / 2);
    }

    /// <summary>Links and ledgers that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _links.Count + _ledgers.Count;
            }
        }
    }

    /// <summary>Those of the ledgers that are remembered, all together.</summary>
    public int Decisions
    {
        get
        {
            lock (_gate)
            {
                return _ledgers.Weight;
            }
        }
    }

    public Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation)
    {
        var (found, now) = (new ProfileId?[identifiers.Count], _time.GetUtcNow());
        lock (_gate)
        {
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = _links.Find((tenant, identifiers[i]), now);
            }
        }

        return Task.FromResult<IReadOnlyList<ProfileId?>>(found);
    }

    public Task<IReadOnlyList<IReadOnlyList<ConsentEntry>?>> ReadLedgersAsync(TenantId tenant, IReadOnlyList<LedgerVersion> versions, CancellationToken cancellation)
    {
        var (found, now) = (new IReadOnlyList<ConsentEntry>?[versions.Count], _time.GetUtcNow());
        lock (_gate)
        {
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = _ledgers.Find((tenant, versions[i]), now);
            }
        }

        return Task.FromResult<IReadOnlyList<IReadOnlyList<ConsentEntry>?>>(found);
    }

    public void Remember(TenantId tenant, IReadOnlyList<RememberedLink> links, IReadOnlyList<RememberedLedger> ledgers)
    {
        var most = _time.GetUtcNow() + _lifetime;
        lock (_gate)
        {
            foreach (var link in links)
            {
                _links.Put((tenant, link.Identifier), link.Profile, ExpiryStamps.Earlier(link.Until, most));
            }

            foreach (var ledger in ledgers.Where(ledger => ledger.Entries.Count <= _heaviest))
            {
                _ledgers.Put((tenant, ledger.Version), ledger.Entries, ExpiryStamps.Earlier(ledger.Until, most), ledger.Entries.Count);
            }
        }
    }

    public void Dispose() => _turns.Dispose();

    private void Turn()
    {
        lock (_gate)
        {
            _links.Turn();
            _ledgers.Turn();
        }
    }
}
