namespace Tracker.Core.Model.Content;

public sealed record Campaign
{
    public string? CampaignId { get; init; }

    public string? Name { get; init; }

    public string? Source { get; init; }

    public string? Medium { get; init; }

    public string? Term { get; init; }

    public string? Content { get; init; }
}
