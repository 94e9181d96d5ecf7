namespace Tracker.Core.Consents.Proof;

/// <summary>One consent control of a form as it was submitted; never another field of it.</summary>
public sealed record ControlValue(string Name, string Value);
