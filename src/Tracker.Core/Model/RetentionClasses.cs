using System.Numerics;

namespace Tracker.Core.Model;

/// <summary>A set of classes: the full set of an interaction, carried by each of its records.</summary>
public readonly record struct RetentionClasses(ushort Bits)
{
    public int Count => BitOperations.PopCount(Bits);

    public bool IsEmpty => Bits == 0;

    public bool Contains(RetentionClass member) => (Bits & (1 << (int)member)) != 0;

    public RetentionClasses With(RetentionClass member) => new((ushort)(Bits | (1 << (int)member)));

    public RetentionClasses Without(RetentionClass member) => new((ushort)(Bits & ~(1 << (int)member)));

    public IEnumerable<RetentionClass> Members()
    {
        for (var member = 1; member < 16; member++)
        {
            if (Contains((RetentionClass)member))
            {
                yield return (RetentionClass)member;
            }
        }
    }

    public static RetentionClasses Of(IEnumerable<RetentionClass> members) =>
        members.Aggregate(default(RetentionClasses), (set, member) => set.With(member));
}
