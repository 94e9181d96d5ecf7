using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Ingestion;

/// <summary>What a call must satisfy as a whole before any of its items is looked at.</summary>
internal static class BatchRules
{
    public const int MaxItems = 1_000;
    private const int MaxBatchIdLength = 64;

    public static IReadOnlyList<InteractionDraft> ToCore(this Wire.RecordInteractionRequest request) => request.Interaction is null
        ? throw RefusalException.InvalidRequest([new Violation("interaction", "is required")])
        : InteractionMapping.ToCore([request.Interaction]);

    public static IReadOnlyList<InteractionDraft> ToCore(this Wire.RecordInteractionsRequest request)
    {
        Check(request.Interactions.Count, "interactions");
        return InteractionMapping.ToCore(request.Interactions);
    }

    public static IReadOnlyList<InteractionDraft> ToCore(this Wire.StreamInteractionsRequest request)
    {
        var isBatchIdTooLong = request.BatchId.Length > MaxBatchIdLength;
        Check(request.Interactions.Count, "interactions", isBatchIdTooLong ? [new Violation("batch_id", $"must be at most {MaxBatchIdLength} characters")] : []);
        return InteractionMapping.ToCore(request.Interactions);
    }

    public static void Check(int count, string field) => Check(count, field, []);

    private static void Check(int count, string field, IReadOnlyList<Violation> others)
    {
        var isCountAllowed = count is >= 1 and <= MaxItems;
        if (!isCountAllowed || others.Count > 0)
        {
            throw RefusalException.InvalidRequest(isCountAllowed ? others : [.. others, new Violation(field, $"must have 1 to {MaxItems:N0} items, not {count:N0}")]);
        }
    }
}
