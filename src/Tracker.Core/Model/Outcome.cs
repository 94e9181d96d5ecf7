namespace Tracker.Core.Model;

/// <summary>What became of one item; a value, not an exception. Numbers are those of the contract.</summary>
public enum Outcome : byte
{
    Unspecified = 0,
    Accepted = 1,
    AcceptedStripped = 2,
    Duplicate = 3,
    Denied = 4,
    Suppressed = 5,
    Invalid = 6,
}
