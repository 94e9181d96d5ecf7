using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>Names one record of a profile, in the order of the store: newest first, then by key and class.</summary>
public readonly record struct RecordAddress(DateTimeOffset OccurredAt, InteractionKey Key, RetentionClass Class)
{
    public static RecordAddress Of(InteractionRecord record) => new(record.OccurredAt, record.Key, record.Class);
}
