using Grpc.Core;

namespace Tracker.Server.Import.Sending;

/// <summary>How batches travel.</summary>
/// <param name="Server">For messages: where they travel to.</param>
/// <param name="GiveUpAfter">Time without an answered batch after which the rest counts as failed.</param>
internal sealed record SendSettings(Uri Server, Metadata Headers, TimeSpan GiveUpAfter)
{
    /// <summary>Batches without an answer at any time.</summary>
    public const int Window = 4;
}
