using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Profiles;

/// <summary>What one purpose may read of a stored document now.</summary>
/// <param name="Grant">The first of the grants it is read under.</param>
/// <param name="Fields">Those whose own rule has not ended.</param>
public sealed record Readable(Grant Grant, FieldSet Fields);
