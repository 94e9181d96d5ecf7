using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Ingestion;

/// <summary>What one retention class keeps of an interaction: for what, until when, and which fields.</summary>
public sealed record RecordPlan(RetentionClass Class, IReadOnlyList<Grant> Grants, FieldSet Fields)
{
    public DateTimeOffset ExpireAt => Grants.Max(grant => grant.Until);
}
