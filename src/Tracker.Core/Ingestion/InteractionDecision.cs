using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Ingestion;

/// <summary>What was decided about one interaction, before anything is written.</summary>
public sealed record InteractionDecision
{
    public required RecordDecision Decision { get; init; }

    /// <summary>One per retention class; empty: denied.</summary>
    public required IReadOnlyList<RecordPlan> Records { get; init; }

    /// <summary>What goes into the contact document; null: nothing.</summary>
    public RecordPlan? Contact { get; init; }

    public required IReadOnlyList<PurposeDenial> Denials { get; init; }

    /// <summary>Fields that no permitted purpose needs, and those that GDPR Art. 9 withholds from one that does.</summary>
    public required FieldSet Stripped { get; init; }

    /// <summary>Paths of the lines and inferences that it withholds from one, such as "commerce.lines[2]".</summary>
    public IReadOnlyList<string> StrippedParts { get; init; } = [];

    public bool IsPermitted => Records.Count > 0;

    public IReadOnlyList<Grant> Grants => Records is [var only] ? only.Grants : [.. Records.SelectMany(record => record.Grants)];
}
