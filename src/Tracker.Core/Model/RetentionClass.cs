namespace Tracker.Core.Model;

/// <summary>Content that lives and dies together, with one key per person. Numbers are stored; never reuse one.</summary>
public enum RetentionClass : byte
{
    Unspecified = 0,
    Fiscal = 1,
    Order = 2,
    Precontract = 3,
    Service = 4,
    Marketing = 5,
    Profiling = 6,
    Security = 7,
    Claims = 8,
    Contact = 9,
    Loyalty = 10,
    Care = 11,
    Credit = 12,
    Safety = 13,
    Sharing = 14,

    /// <summary>Proof of decisions: evidence details and age; its key outlives the data it proves.</summary>
    Evidence = 15,
}
