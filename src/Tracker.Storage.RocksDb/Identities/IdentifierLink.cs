using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>Where an identifier leads. The identifier itself is the key of the document.</summary>
/// <param name="Earlier">Where it led before somebody else took it, the last one last.</param>
internal sealed record IdentifierLink(ProfileId Profile, DateTimeOffset ExpireAt, IReadOnlyList<ProfileId> Earlier)
{
    /// <summary>How many are remembered: what more people named themselves on is no machine of anybody's.</summary>
    private const int MaxEarlier = 20;

    /// <summary>It leads to that profile from now on.</summary>
    public static IdentifierLink To(ProfileId profile, DateTimeOffset until, IdentifierLink? before) => new(
        profile,
        until,
        before is null || before.Profile == profile ? before?.Earlier ?? [] : [.. before.Earlier.Append(before.Profile).Where(other => other != profile).Distinct().TakeLast(MaxEarlier)]);
}
