namespace Tracker.Core.Model.Content;

public sealed record LeadOrigin
{
    public LeadOriginKind Kind { get; init; }

    public string? Name { get; init; }
}
