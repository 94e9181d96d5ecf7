using CsCheck;
using Tracker.Core.Model;

namespace Tracker.Storage.Tests.Contracts.Documents;

/// <summary>Profiles that are one person with others, or never were.</summary>
public static class ArbitraryPerson
{
    private static readonly Gen<ProfileLink> Link =
        from who in Gen.Select(Gen.Guid, Arbitrary.Profile, Arbitrary.Profile, Gen.Guid, Gen.Bool)
        from what in Gen.Select(Arbitrary.Time, Arbitrary.Text, Arbitrary.Text)
        select new ProfileLink
        {
            Id = new(who.Item1),
            First = who.Item2,
            Second = who.Item3,
            Undoes = who.Item5 && who.Item4 != Guid.Empty ? new LinkId(who.Item4) : null,
            LinkedAt = what.Item1,
            Source = new(what.Item2),
            CaseReference = what.Item3,
        };

    public static readonly Gen<Control> Control =
        from control in Arbitrary.Control
        from person in Gen.Select(Gen.Long[0, 3], Arbitrary.Profile.Array[0, 3], Link.Array[0, 3])
        select person.Item1 == 0 ? control : control with { PersonEpoch = person.Item1, Members = person.Item2, Links = person.Item3 };
}
