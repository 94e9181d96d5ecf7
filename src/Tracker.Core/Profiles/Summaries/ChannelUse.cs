using Tracker.Core.Model;

namespace Tracker.Core.Profiles.Summaries;

/// <summary>How a person used one channel.</summary>
public sealed record ChannelUse(Channel Channel, int Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);
