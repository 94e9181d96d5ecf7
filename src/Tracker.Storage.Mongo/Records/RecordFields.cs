namespace Tracker.Storage.Mongo.Records;

/// <summary>Fields that queries and indexes name.</summary>
internal static class RecordFields
{
    public const string Owner = "owner";
    public const string OccurredAt = "occurred_at";
    public const string Key = "key";
    public const string Class = "class";
    public const string Classes = "classes";
    public const string Batch = "batch";

    /// <summary>On the head: the micro-batch that wrote the interaction, where the records do not say the same.</summary>
    public const string WrittenBy = "written_by";

    /// <summary>On the head of an interaction of several classes: when each of them ends.</summary>
    public const string Ends = "ends";
}
