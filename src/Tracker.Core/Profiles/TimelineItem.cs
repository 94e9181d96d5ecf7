using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Profiles;

/// <summary>A stored interaction as far as one purpose may see it now.</summary>
public sealed record TimelineItem(InteractionRecord Record, Grant Grant, string MessageId, InteractionContent Content);
