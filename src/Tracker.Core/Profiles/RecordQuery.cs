using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>A range of one profile's records of one class.</summary>
/// <param name="From">Only what occurred at or after.</param>
/// <param name="Until">Only what occurred before.</param>
/// <param name="After">Only what comes after this position in the order newest first.</param>
public sealed record RecordQuery(
    TenantId Tenant,
    ProfileId Profile,
    RetentionClass Class,
    DateTimeOffset? From,
    DateTimeOffset? Until,
    RecordPosition? After,
    int Limit);
