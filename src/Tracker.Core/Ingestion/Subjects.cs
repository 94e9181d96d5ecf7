using System.Runtime.CompilerServices;

namespace Tracker.Core.Ingestion;

/// <summary>What an interaction has to do with: message, identifiers, profiles of the person, numbers of orders and contracts.</summary>
internal static class Subjects
{
    /// <returns>Hashes and ids, all of 128 bits: two that are equal by chance only wait for each other.</returns>
    public static IEnumerable<UInt128> Of(Interaction interaction, WorkingSet known)
    {
        yield return interaction.Key.Hash;
        foreach (var identifier in interaction.Identifiers)
        {
            foreach (var hash in identifier.UnderAnyKey())
            {
                yield return hash.High;
            }

            if (known.Find(identifier) is { } profile)
            {
                foreach (var member in known.Get(profile).Person)
                {
                    yield return Unsafe.BitCast<Guid, UInt128>(member.Value);
                }
            }
        }

        foreach (var contract in interaction.Contracts)
        {
            yield return contract.Reference;
        }
    }
}
