namespace Tracker.Core.Model;

/// <summary>An amount in a currency of ISO 4217, exact to nine decimals.</summary>
public sealed record Money(string Currency, decimal Amount);
