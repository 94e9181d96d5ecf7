using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tracker.Core.Ingestion;

public sealed class IngestionOptions
{
    public const string Section = "Tracker:Ingestion";

    /// <summary>Interactions that may wait for their micro-batch; a call beyond is refused with a retry delay, unless its source has nothing inside.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaiting { get; set; } = 20_000;

    /// <summary>Interactions that this node takes each second; what is more waits, and a second's worth may wait at most. Null: as many as it can.</summary>
    [Range(1, 10_000_000)]
    public int? MaxPerSecond { get; set; }

    /// <summary>Bytes, as on the wire, that may wait; whichever of the two bounds is met first refuses, unless the source has nothing inside.</summary>
    [Range(1_048_576, 64L * 1_024 * 1_024 * 1_024)]
    public long MaxWaitingBytes { get; set; } = 256 * 1_024 * 1_024;

    /// <summary>Bytes, as on the wire, after which a micro-batch takes no further call.</summary>
    [Range(1_024, 1_024 * 1_024 * 1_024)]
    public int MaxMicroBatchBytes { get; set; } = 16 * 1_024 * 1_024;

    /// <summary>Interactions that are decided and committed together. Calls are never split, so it may be exceeded by one call.</summary>
    [Range(1, 10_000)]
    public int MaxMicroBatch { get; set; } = 1_000;

    /// <summary>Bytes of one interaction on the wire.</summary>
    [Range(1_024, 4 * 1_024 * 1_024)]
    public int MaxInteractionBytes { get; set; } = 256 * 1_024;

    /// <summary>A micro-batch that has not been committed within it is refused and never committed; shorter than the second pass after a withdrawal waits.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan WriteDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After which a refused call may be repeated at the earliest; later where what waits will take longer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After which a refused call may be repeated at the latest, however slowly what waits is answered.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
public sealed partial class IngestionOptionsValidator : IValidateOptions<IngestionOptions>;
