namespace Tracker.Core.Ingestion;

/// <summary>How fast the queue empties since it was empty last, by the last while that is over and the one that goes on. Of one caller at a time: it locks nothing.</summary>
internal sealed class DrainRate(TimeProvider time)
{
    private static readonly TimeSpan While = TimeSpan.FromSeconds(1);

    private long _began;
    private int _count;
    private (int Count, TimeSpan Took) _last;

    /// <summary>It was empty: how long nothing came says nothing about how fast it is.</summary>
    public void Begin() => (_last, _began, _count) = (default, time.GetTimestamp(), 0);

    public void Count(int answered)
    {
        var took = time.GetElapsedTime(_began);
        if (took >= While)
        {
            (_last, _began, _count) = ((_count, took), time.GetTimestamp(), 0);
        }

        _count += answered;
    }

    /// <returns>How long so many will take; null: nothing was answered yet.</returns>
    public TimeSpan? TimeOf(int waiting)
    {
        var answered = _last.Count + _count;
        return answered == 0 ? null : (_last.Took + time.GetElapsedTime(_began)) * (waiting / (double)answered);
    }
}
