using System.Runtime.CompilerServices;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>What an interaction has to do with: message, identifiers, profiles of the person, numbers of orders and contracts.</summary>
internal static class Subjects
{
    /// <param name="subjects">Gets hashes and ids, all of 128 bits: two that are equal by chance only wait for each other.</param>
    public static void Add(List<UInt128> subjects, Interaction interaction, WorkingSet known)
    {
        subjects.Add(interaction.Key.Hash);
        for (var i = 0; i < interaction.Identifiers.Count; i++)
        {
            Add(subjects, interaction.Identifiers[i], known);
        }

        for (var i = 0; i < interaction.Contracts.Count; i++)
        {
            subjects.Add(interaction.Contracts[i].Reference);
        }
    }

    private static void Add(List<UInt128> subjects, IdentifierHash identifier, WorkingSet known)
    {
        subjects.Add(identifier.High);
        foreach (var other in identifier.UnderOtherKeys ?? [])
        {
            subjects.Add(other.High);
        }

        if (known.Find(identifier) is { } profile)
        {
            foreach (var member in known.Get(profile).Person)
            {
                subjects.Add(Unsafe.BitCast<Guid, UInt128>(member.Value));
            }
        }
    }
}
