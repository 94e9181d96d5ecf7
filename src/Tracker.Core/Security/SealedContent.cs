using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>What is inside the seal of a record.</summary>
public sealed record SealedContent(string MessageId, InteractionContent Content)
{
    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(SealedContent);
}
