namespace Tracker.Core.Model;

/// <summary>Names one profile by its id or by any of its identifiers; exactly one is set.</summary>
public sealed record ProfileReference(ProfileId? Id, Identifier? Identifier);
