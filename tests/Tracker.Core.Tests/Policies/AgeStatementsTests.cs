using CsCheck;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies;

/// <summary>E13, E14: what is known of an age is the same in whatever order statements of it arrive.</summary>
public sealed class AgeStatementsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Born = new(2011, 9, 1);
    private static readonly ChildRules Rules = APolicy.Shipped.Children;

    private static readonly Gen<Residence> Statement = Stated(untilMonth: 60);

    // Where all was said by an adult, nothing is known of the child but where the adult said to live, and of that not every repeat is remembered.
    private static readonly Gen<Residence[]> Statements = Gen.Select(Stated(untilMonth: 40), Statement.Array[0, 19], (asAChild, others) => (Residence[])[asAChild, .. others]);

    [Fact]
    [Trait("Compliance", "E13")]
    public void Where_a_child_lived_at_an_instant_is_the_same_in_whatever_order_it_is_told() =>
        Gen.Select(Statements, Gen.Int[0, 60]).SelectMany(pair => Gen.Shuffle(pair.Item1).Select(shuffled => (Told: pair.Item1, Shuffled: shuffled, Month: pair.Item2))).Sample(history =>
        {
            // In which country they live at an instant after their eighteenth birthday is asked of nobody.
            var instant = Start.AddMonths(history.Month % 40);
            Assert.Equal(After(history.Told).LivedAt(instant)?.Country, After(history.Shuffled).LivedAt(instant)?.Country);
        });

    [Fact]
    [Trait("Compliance", "E14")]
    public void Where_a_child_lived_is_known_though_it_is_told_after_where_it_lives_as_an_adult()
    {
        var adult = new Residence("IT", Start.AddYears(5));

        Assert.Equal("DE", After(adult, new("DE", Start.AddMonths(1))).LivedAt(Start.AddMonths(2))!.Country);
        Assert.Equal(["IT", "FR"], After(new("IT", Start), adult, new("FR", Start.AddYears(6))).Lived.Select(residence => residence.Country));
    }

    [Fact]
    public void Too_many_moves_are_remembered_as_the_stricter_of_the_oldest()
    {
        var age = After([.. Enumerable.Range(0, 30).Select(day => new Residence(day % 2 == 0 ? "IT" : "DE", Start.AddDays(day)))]);

        Assert.Equal((20, "DE"), (age.Lived.Count, age.LivedAt(Start)!.Country));
    }

    [Fact]
    public void Whoever_is_of_age_and_lives_where_they_said_has_said_nothing_new()
    {
        var known = After(new Residence("IT", Start.AddYears(5)));

        Assert.Same(known, Rules.Stating(known, birthDate: null, "IT", Start.AddYears(6)));
    }

    private static Gen<Residence> Stated(int untilMonth) =>
        Gen.Select(Gen.OneOf(Gen.Const("IT"), Gen.Const("DE"), Gen.Const("FR"), Gen.Const("ES")), Gen.Int[0, untilMonth], (country, month) => new Residence(country, Start.AddMonths(month)));

    private static SubjectAge After(params IReadOnlyList<Residence> told) =>
        told.Aggregate(new SubjectAge(Born, "") { StatedAt = Start.AddDays(-1) }, (age, residence) => Rules.Stating(age, birthDate: null, residence.Country, residence.StatedAt)!);
}
