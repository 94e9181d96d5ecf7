using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>Where an identifier leads and, of a machine, whom it led to before somebody else took it. The identifier is the key of the document.</summary>
/// <param name="Earlier">The last one last.</param>
public sealed record IdentifierLink(ProfileId Profile, DateTimeOffset ExpireAt, IReadOnlyList<ProfileId> Earlier)
{
    /// <summary>How many are remembered: what more people named themselves on is no machine of anybody's.</summary>
    public const int MaxEarlier = 20;

    /// <summary>All whom a no by it reaches; it lasts for as long as any of them does.</summary>
    public IEnumerable<ProfileId> Everybody => Earlier.Append(Profile);

    /// <param name="stored">As it is; null: it leads nowhere.</param>
    /// <param name="find">The control of a profile as it will be; null: it is gone.</param>
    /// <returns>The link after an update of a profile that has the identifier; null: it leads to somebody else, and stays as it is.</returns>
    public static IdentifierLink? After(ProfileUpdate update, IdentifierHash identifier, IdentifierLink? stored, Func<ProfileId, Control?> find)
    {
        var isTaken = update.TakenIdentifiers.TryGetValue(identifier, out var from);
        var isKept = !isTaken && stored is not null && stored.Profile != update.Profile && find(stored.Profile) is not null;
        if (isKept && !stored!.Earlier.Contains(update.Profile))
        {
            return null;
        }

        var profile = isKept ? stored!.Profile : update.Profile;
        // Also who is gone: that somebody else had it between others is not to be forgotten with them.
        List<ProfileId> earlier =
        [
            .. (stored?.Everybody ?? []).Concat(isTaken ? [from] : []).Concat(update.PassedOn.GetValueOrDefault(identifier, []))
                .Where(other => other != profile)
                .Distinct()
                .TakeLast(MaxEarlier),
        ];
        var end = earlier.Append(profile).Select(find).OfType<Control>().Max(control => ExpiryStamps.ForIdentifier(control.ExpireAt));
        return new(profile, end, earlier);
    }
}
