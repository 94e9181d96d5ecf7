using Tracker.Core.Model;

namespace Tracker.Server.Policies;

/// <summary>Names an interaction by its key, or else by its message id.</summary>
/// <param name="Source">Who sent the message; null: the caller's own source.</param>
internal sealed record ExplanationQuery(InteractionKey? Key, string MessageId, SourceId? Source, Purpose Purpose);
