using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>What is inside the seal of a record.</summary>
public sealed record SealedContent(string MessageId, InteractionContent Content);
