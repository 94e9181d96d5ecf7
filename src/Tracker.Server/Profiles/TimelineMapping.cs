using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.Server.Model;
using Tracker.Server.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Profiles;

internal static class TimelineMapping
{
    public static TimelineQuery ToCore(this Wire.ListInteractionsRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new()
        {
            Profile = request.Profile.ToCore(at, "profile"),
            Purpose = CoreEnum.Of<Purpose>((int)request.Purpose, at, "purpose"),
            PageSize = request.PageSize,
            PageToken = request.PageToken,
            Channels = request.Channels.ToCore(at, "channels"),
            Types = request.Types_,
            From = request.FromAt.ToCore(at, "from_at"),
            Until = request.UntilAt.ToCore(at, "until_at"),
            Violations = violations,
        };
    }

    public static Wire.ListInteractionsResponse ToWire(this Timeline timeline) => new()
    {
        Interactions = { timeline.Items.Select(ToWire) },
        NextPageToken = timeline.NextPageToken,
    };

    private static Wire.StoredInteraction ToWire(TimelineItem item) => new()
    {
        InteractionId = item.Record.Key.ToString(),
        MessageId = item.MessageId,
        SourceId = item.Record.Source.Value,
        Type = item.Record.Type,
        Channel = (Wire.Channel)item.Record.Channel,
        OccurredAt = item.Record.OccurredAt.ToWire(),
        ReceivedAt = item.Record.ReceivedAt.ToWire(),
        Initiator = (Wire.Initiator)item.Record.Initiator,
        RetentionClass = (Wire.RetentionClass)item.Record.Class,
        Grant = item.Grant.ToWire(),
        Content = item.Content.ToWire(),
    };
}
