using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>What was said last of one field, when, and to which source.</summary>
/// <param name="Value">That field alone.</param>
/// <param name="Source">Empty: from before it was kept.</param>
/// <param name="Proof">The entries of the ledger that let the purpose keep it; empty: it rests on something else, or it is from before they were kept.</param>
public sealed record SaidField(ContentField Field, InteractionContent Value, DateTimeOffset At, string Source, IReadOnlyList<string> Proof);
