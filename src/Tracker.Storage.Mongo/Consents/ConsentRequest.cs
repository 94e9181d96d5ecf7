using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>Which entry answered a request or waits for a token, and under which epoch; it goes with the entry.</summary>
internal sealed record ConsentRequest(ProfileId Profile, long Sequence, long ConsentEpoch, DateTimeOffset ExpireAt);
