using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tracker.Core.Retention;

public sealed class RetentionOptions
{
    public const string Section = "Tracker:Retention";

    /// <summary>How often expired documents are looked for; they are hidden from the instant they expire in any case.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Documents deleted in one write; between two of them other writers get their turn.</summary>
    [Range(1, 100_000)]
    public int SweepChunk { get; set; } = 1_000;

    /// <summary>How often errands that are due are looked for: reviews after withdrawals, at the end of purposes, under a new policy.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ReviewInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Errands read at once, and records of one profile that are reviewed and written at once.</summary>
    [Range(1, 100_000)]
    public int ReviewChunk { get; set; } = 500;

    /// <summary>When a review that failed is tried again; others go on meanwhile.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ReviewRetry { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Profiles, and after them records of nobody, that are rewritten under a new policy per <see cref="ReviewInterval"/>.</summary>
    [Range(1, 100_000)]
    public int RolloutChunk { get; set; } = 1_000;

    /// <summary>Until when everything is rewritten under a new policy; in the second half of it nothing is throttled any more.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3.00:00:00")]
    public TimeSpan RolloutWithin { get; set; } = TimeSpan.FromHours(72);

    /// <summary>
    /// How long another node waits before it goes on with the background work of one that has died. The one that works renews
    /// its lease three times as often.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseFor { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
public sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
