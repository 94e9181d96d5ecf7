namespace Tracker.Bench.Ratios;

/// <summary>One measurement of Tracker and one of what it is compared with, one after the other.</summary>
internal sealed record Pair(double Tracker, double Other, double Ratio);
