using System.Collections.Frozen;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Ingestion;

/// <summary>What one retention class keeps of an interaction: for what, until when, and which fields.</summary>
/// <param name="Content">What every purpose of the class may see of what GDPR Art. 9 names, and all that is ordinary.</param>
/// <param name="Grants">For each purpose one grant per retention rule of the categories it keeps.</param>
public sealed record RecordPlan(RetentionClass Class, InteractionContent Content, IReadOnlyList<Grant> Grants, FieldSet Fields)
{
    /// <summary>Of the contact document, which purposes read field by field: what each of them may have.</summary>
    public IReadOnlyDictionary<Purpose, FieldSet> FieldsByPurpose { get; init; } = FrozenDictionary<Purpose, FieldSet>.Empty;

    public DateTimeOffset ExpireAt => Grants.Max(grant => grant.Until);
}
