using Microsoft.Extensions.Options;
using Tracker.Core.Consents;

namespace Tracker.Core.Ingestion;

/// <summary>A write that is under way at a withdrawal must be over, or refused, before the second look.</summary>
public sealed class WriteDeadlineValidator(IOptions<ConsentOptions> consents) : IValidateOptions<IngestionOptions>
{
    public ValidateOptionsResult Validate(string? name, IngestionOptions options) => options.WriteDeadline < consents.Value.SecondPassDelay
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{IngestionOptions.Section}:{nameof(IngestionOptions.WriteDeadline)} ({options.WriteDeadline}) must be shorter than "
            + $"{ConsentOptions.Section}:{nameof(ConsentOptions.SecondPassDelay)} ({consents.Value.SecondPassDelay}): the second pass after a withdrawal catches the writes that were under way.");
}
