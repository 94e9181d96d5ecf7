namespace Tracker.Core.Model;

/// <summary>How far a person has come; derived from <see cref="Facts"/>, never taken from a caller.</summary>
public enum Stage : byte
{
    Unspecified = 0,
    Visitor = 1,
    Lead = 2,
    Prospect = 3,
    Customer = 4,
    Former = 5,
}
