namespace Tracker.Core.Model;

/// <summary>What was decided about an interaction, stored with each of its records: the audit of its permission.</summary>
/// <param name="PolicyVersion">"profile@version".</param>
/// <param name="PolicySha256">SHA-256 of the policy document that decided, 32 bytes.</param>
/// <param name="ConsentEpoch">The profile's counter the decision was made under.</param>
public sealed record RecordDecision(
    DecisionId Id,
    string PolicyVersion,
    ReadOnlyMemory<byte> PolicySha256,
    long ConsentEpoch,
    Stage Stage,
    DateTimeOffset DecidedAt);
