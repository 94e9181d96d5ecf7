using HdrHistogram;

namespace Tracker.Bench.Load;

/// <summary>What one run of the client saw.</summary>
/// <param name="Latencies">In microseconds, call by call; of a paced run from when the call was due.</param>
/// <param name="ClientCpu">Processor time of this process meanwhile.</param>
internal sealed record LoadResult(TimeSpan Elapsed, Outcomes Outcomes, HistogramBase Latencies, TimeSpan ClientCpu)
{
    public double AcceptedPerSecond => Outcomes.Accepted / Elapsed.TotalSeconds;

    public double Percentile(double percentile) => Latencies.GetValueAtPercentile(percentile);
}
