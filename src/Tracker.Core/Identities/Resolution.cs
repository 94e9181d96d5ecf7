using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>Whose an interaction is.</summary>
/// <param name="Profile">Null: nobody known, a new profile is needed.</param>
/// <param name="Unlinked">Identifiers that lead nowhere yet and are to lead to that profile.</param>
/// <param name="Taken">Machines that lead to that profile from now on, each with whom it led to.</param>
/// <param name="Left">Those that lead nowhere, or stay where they are, because that profile has as many of their kind as it may have, or because all of them are somebody else's.</param>
public sealed record Resolution(ProfileId? Profile, IReadOnlyList<IdentifierHash> Unlinked, IReadOnlyDictionary<IdentifierHash, ProfileId> Taken, IReadOnlyList<IdentifierHash> Left)
{
    /// <summary>Everybody that the identifiers lead to is somebody else, or none of them leads to anybody ever.</summary>
    public bool IsOfNobody => Profile is null && Unlinked.Count == 0;

    /// <exception cref="RefusalException">The identifiers are of several people, so that nobody could be told whose it is.</exception>
    public Resolution OfSomebody() => IsOfNobody
        ? throw RefusalException.InvalidRequest([new("identifiers", "must be of one person or of somebody new: everybody they lead to has another number of the same kind")])
        : this;

    public static Resolution Of(ProfileId? profile) => new(profile, [], FrozenDictionary<IdentifierHash, ProfileId>.Empty, []);

    /// <param name="left">They lead to people, of whom it can be none.</param>
    public static Resolution OfNobody(IReadOnlyList<IdentifierHash> left) => Of(profile: null) with { Left = left };
}
