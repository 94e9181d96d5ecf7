namespace Tracker.Core.Profiles.Summaries;

/// <summary>A trait of the products that a person bought or looked at.</summary>
/// <param name="Trait">Such as "size".</param>
/// <param name="Value">Such as "42".</param>
/// <param name="Count">In how many interactions.</param>
/// <param name="LastAt">When last.</param>
/// <param name="LastSource">The message id of that one, by which ExplainRecord tells why it is held.</param>
public sealed record ObservedPreference(string Trait, string Value, int Count, DateTimeOffset LastAt, string LastSource);
