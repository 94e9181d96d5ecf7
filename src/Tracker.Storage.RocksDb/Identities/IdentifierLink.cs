using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>Where an identifier leads. The identifier itself is the key of the document.</summary>
internal sealed record IdentifierLink(ProfileId Profile, DateTimeOffset ExpireAt);
