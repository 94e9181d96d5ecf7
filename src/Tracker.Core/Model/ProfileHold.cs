namespace Tracker.Core.Model;

/// <summary>A legal hold as a profile knows it: what arrives later is held as well.</summary>
/// <param name="Id">As records carry it in their holds.</param>
/// <param name="Classes">The classes it keeps.</param>
public sealed record ProfileHold(string Id, RetentionClasses Classes);
