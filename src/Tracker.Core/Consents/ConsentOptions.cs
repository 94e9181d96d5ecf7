using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tracker.Core.Consents;

public sealed class ConsentOptions
{
    public const string Section = "Tracker:Consents";

    /// <summary>How long after a withdrawal everything of the profile is looked at once more, for writes that were under way; longer than a write may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SecondPassDelay { get; set; } = TimeSpan.FromSeconds(75);

    /// <summary>For how long a second request for the same consent is answered with the first, so that no second message is sent .</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ConfirmationInterval { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
public sealed partial class ConsentOptionsValidator : IValidateOptions<ConsentOptions>;
