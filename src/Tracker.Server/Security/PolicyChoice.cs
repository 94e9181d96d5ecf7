namespace Tracker.Server.Security;

/// <summary>Which policy a tenant has chosen.</summary>
/// <param name="Profile">A shipped one.</param>
/// <param name="File">One of its own instead; null: the shipped one.</param>
internal sealed record PolicyChoice(string Profile, string? File);
