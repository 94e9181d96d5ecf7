namespace Tracker.Storage.Mongo.Engine;

/// <summary>Whether attempts of one transaction were answered with another write in their way: then a late end says nothing against the server.</summary>
internal sealed class Meetings
{
    public bool HasMet { get; private set; }

    public async Task<T> NoteAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        try
        {
            return await attempt(cancellation);
        }
        catch (Exception fault) when (StoreFaults.IsConflict(fault) || StoreFaults.IsDuplicateKey(fault))
        {
            HasMet = true;
            throw;
        }
    }
}
