using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Identities;

/// <summary>Where an identifier leads. The identifier itself is in the id of the document.</summary>
internal sealed record IdentifierLink(ProfileId Profile, DateTimeOffset ExpireAt);
