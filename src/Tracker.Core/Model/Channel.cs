namespace Tracker.Core.Model;

/// <summary>Where a contact happened. Numbers are those of the contract and of the stores; never reuse one.</summary>
public enum Channel : byte
{
    Unspecified = 0,
    Pos = 1,
    Web = 2,
    App = 3,
    Phone = 4,
    Email = 5,
    Messaging = 6,
    Social = 7,
    Event = 8,
    Post = 9,
    BackOffice = 10,
}
