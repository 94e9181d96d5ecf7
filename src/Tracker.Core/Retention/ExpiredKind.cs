namespace Tracker.Core.Retention;

/// <summary>What can expire. Numbers are stored; never reuse one.</summary>
public enum ExpiredKind : byte
{
    Record = 1,
    Control = 2,
    Identifier = 3,
    Contact = 4,
    Consent = 5,
    Notice = 6,
    Key = 7,
    Count = 8,
    Errand = 9,
    Contract = 10,
    Policy = 11,
    LegalHold = 12,
    Rollout = 13,
    Confirmation = 14,
    CatalogEntry = 15,
    Lease = 16,
    Receipt = 17,
}
