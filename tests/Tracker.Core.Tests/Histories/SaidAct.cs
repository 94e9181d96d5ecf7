using Tracker.Core.Model;

namespace Tracker.Core.Tests.Histories;

/// <summary>What a person said, at a time of its own.</summary>
/// <param name="Kind">A yes, or one of the three ways to say no.</param>
/// <param name="Purpose">An objection is to marketing or to profiling: nothing else here may be objected to.</param>
/// <param name="At">Hours from the start.</param>
internal sealed record SaidAct(PairKind Kind, Purpose Purpose, int At);
