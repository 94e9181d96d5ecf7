using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>What was said of one field at once, and for what.</summary>
/// <param name="Value">That field alone.</param>
/// <param name="Source">Who sent it; empty: from before it was kept.</param>
internal sealed record ContactStatement(ContentField Field, InteractionContent Value, DateTimeOffset At, IReadOnlyList<StatedFor> For, string Source);
