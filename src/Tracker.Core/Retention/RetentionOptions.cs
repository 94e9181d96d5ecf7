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
}

[OptionsValidator]
public sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
