namespace Tracker.Core.Policies;

/// <summary>A policy document is refused; every error is listed by its path.</summary>
public sealed class PolicyInvalidException(string document, IReadOnlyList<PolicyError> errors)
    : Exception($"The policy '{document}' is refused:{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(error => $"  {error}"))}")
{
    public IReadOnlyList<PolicyError> Errors { get; } = errors;
}
