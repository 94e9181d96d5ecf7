using Tracker.Core.Model;

namespace Tracker.Server.Policies;

/// <summary>Names an interaction by its key, or else by its message id.</summary>
/// <param name="Source">That sent the message; null: the caller's own.</param>
internal sealed record ExplanationQuery(InteractionKey? Key, string MessageId, SourceId? Source, Purpose Purpose);
