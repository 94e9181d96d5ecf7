using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>What is inside the seal of a contact document.</summary>
/// <param name="Content">Contact and preferences only.</param>
/// <param name="SeenAt">When each field was stated, by its path: a late message must not overwrite a newer value.</param>
public sealed record ContactContent(InteractionContent Content, IReadOnlyDictionary<string, DateTimeOffset> SeenAt);
