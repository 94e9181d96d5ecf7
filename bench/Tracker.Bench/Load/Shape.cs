namespace Tracker.Bench.Load;

/// <summary>How interactions are sent.</summary>
internal enum Shape
{
    /// <summary>One a call, so many calls at a time.</summary>
    Unary,

    /// <summary>Many a call.</summary>
    Batch,

    /// <summary>Streams of batches.</summary>
    Stream,

    /// <summary>One a call at a fixed rate.</summary>
    Paced,
}
