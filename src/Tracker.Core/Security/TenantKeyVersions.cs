namespace Tracker.Core.Security;

public static class TenantKeyVersions
{
    /// <summary>
    /// The newest version that is written by now. One that was just added is known and not written yet: by its time every node has been
    /// started with it, and none writes what another cannot open or find.
    /// </summary>
    /// <param name="versions">Oldest first; the first is written from the start.</param>
    public static TenantKey WrittenAt(this IReadOnlyList<TenantKey> versions, DateTimeOffset now) => versions.LastOrDefault(key => key.WrittenFrom <= now) ?? versions[0];
}
