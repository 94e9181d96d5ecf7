using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>What was said last of one field, and when.</summary>
/// <param name="Value">That field alone.</param>
public sealed record SaidField(ContentField Field, InteractionContent Value, DateTimeOffset At);
