using Tracker.Core.Model;

namespace Tracker.Server.Policies;

/// <summary>Names an interaction by its key, or else by its message id.</summary>
internal sealed record ExplanationQuery(InteractionKey? Key, string MessageId, Purpose Purpose);
