namespace Tracker.Core.Ingestion;

/// <summary>
/// So many a second on average, and what a while allows at once (generic cell rate algorithm, ITU-T I.371). A call is never split: one that
/// is larger passes when its turn comes, and what follows waits for it.
/// </summary>
/// <param name="perSecond">At least 1.</param>
/// <param name="burst">The while: what was not used in it is lost.</param>
internal sealed class Pace(int perSecond, TimeProvider time, TimeSpan burst)
{
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();
    private TimeSpan _paidUntil;

    /// <param name="wait">After which so many may pass; they have not.</param>
    public bool TryPass(int count, out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = Debt - burst;
            if (wait > TimeSpan.Zero)
            {
                // A timer cuts off what is less than a millisecond.
                wait = wait < MinWait ? MinWait : wait;
                return false;
            }

            Spend(count);
            return true;
        }
    }

    /// <summary>So many pass, whether they may or not.</summary>
    public void Spend(int count)
    {
        lock (_gate)
        {
            _paidUntil = Now + Debt + TimeSpan.FromSeconds(count / (double)perSecond);
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_began);

    private TimeSpan Debt => _paidUntil > Now ? _paidUntil - Now : TimeSpan.Zero;
}
