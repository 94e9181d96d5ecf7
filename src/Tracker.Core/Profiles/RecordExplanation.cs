using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>Why an interaction is held, record by record.</summary>
public sealed record RecordExplanation(IReadOnlyList<ExplainedRecord> Explained)
{
    public IReadOnlyList<InteractionRecord> Records => [.. Explained.Select(explained => explained.Record)];

    /// <summary>The provision behind each retention rule and each duty by law, by id, as the policy says that decided.</summary>
    public IReadOnlyDictionary<string, string> LegalReferences => Explained[0].Policy.References;
}
