namespace Tracker.Core.Profiles;

/// <summary>A retention rule as a later version of the policy has it: the shorter counts from its first use on, a longer changes nothing.</summary>
public sealed record LaterRule(string PolicyVersion, string Text);
