using System.Collections.Frozen;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>What the policy says of one purpose.</summary>
/// <param name="Class">Where what is kept for it is stored.</param>
/// <param name="Needs">The fields it needs; all others are dropped (GDPR Art. 5(1)(c)).</param>
/// <param name="Cells">Bases that may carry it, by stage, in the order they are tried.</param>
public sealed record PurposeRule(
    Purpose Purpose,
    RetentionClass Class,
    FieldSet Needs,
    FrozenDictionary<Stage, IReadOnlyList<AdmissibleBasis>> Cells);
