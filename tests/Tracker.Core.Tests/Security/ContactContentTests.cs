using CsCheck;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Security;

public sealed class ContactContentTests
{
    private static readonly Purpose[] Purposes = [Purpose.ServiceDelivery, Purpose.DirectMarketing, Purpose.OrderFulfilment];

    private static readonly Gen<Statement> AnyStatement =
        from minute in Gen.Int[0, 9]
        from address in Gen.Int[0, 2]
        from members in Gen.Int[1, 7]
        from turn in Gen.Int
        select new Statement(minute, turn, $"{address}@example.com", [.. Purposes.Where((_, i) => (members & (1 << i)) != 0)]);

    [Fact]
    [Trait("Compliance", "R-037")]
    public void Each_purpose_reads_the_latest_that_was_stated_for_it_in_whatever_order_statements_come() =>
        AnyStatement.List[1, 6].Sample(drawn =>
        {
            // Of statements of the same minute the one that arrives later counts, so each has its own here.
            List<Statement> statements = [.. drawn.DistinctBy(statement => statement.Minute)];
            var content = Arrive(statements.OrderBy(statement => statement.Turn));

            Assert.All(Purposes, purpose => Assert.Equal(
                statements.Where(statement => statement.For.Contains(purpose)).MaxBy(statement => statement.Minute)?.Email,
                For(content, purpose)?.Email));
            Assert.All(Purposes.SelectMany(purpose => content.Said(purpose, All)), said => Assert.Equal($"source-{(said.At - TestTracker.Noon).TotalMinutes}", said.Source));
        });

    [Fact]
    [Trait("Compliance", "R-037")]
    public void What_is_kept_for_some_purposes_only_is_all_that_they_were_given_and_nothing_else() =>
        Gen.Select(AnyStatement.List[1, 6], Gen.Int[0, 2]).Sample((statements, index) =>
        {
            var content = Arrive(statements);

            var left = content.KeptOnlyFor((_, stated) => stated.Purpose == Purposes[index]);

            Assert.All(Purposes, purpose => Assert.Equal(purpose == Purposes[index] ? For(content, purpose)?.Email : null, For(left, purpose)?.Email));
            Assert.Equal(For(left, Purposes[index])?.Email, left.Content.Contact?.Email ?? left.Older?.Content.Contact?.Email);
            Assert.Equal(SealedJson.Write(left), SealedJson.Write(SealedJson.ReadContact(SealedJson.Write(left))));
        });

    [Fact]
    [Trait("Compliance", "E21")]
    public void Under_a_hold_older_statements_stay_when_something_newer_is_said()
    {
        var stated = Arrive([new(0, 0, "old@example.com", [Purpose.DirectMarketing]), new(1, 1, "new@example.com", [Purpose.ServiceDelivery])]);

        var held = stated.ReadOnlyFor((_, kept) => kept.Purpose != Purpose.DirectMarketing)
            .State(new() { Contact = new() { Email = "newest@example.com" } }, TestTracker.Noon.AddMinutes(2), new("till"), _ => [new(Purpose.ServiceDelivery, [])], isHeld: true);

        Assert.Equal(["newest@example.com", "new@example.com", "old@example.com"], [held.Content.Contact?.Email, held.Older?.Content.Contact?.Email, held.Older?.Older?.Content.Contact?.Email]);
        Assert.Null(For(held, Purpose.DirectMarketing));
    }

    private static ContactContent Arrive(IEnumerable<Statement> statements) => statements.Aggregate(ContactContent.Empty, (content, statement) => content.State(
        new() { Contact = new() { Email = statement.Email } },
        TestTracker.Noon.AddMinutes(statement.Minute),
        new($"source-{statement.Minute}"),
        _ => [.. statement.For.Select(purpose => new StatedFor(purpose, []))]));

    private static ContactDetails? For(ContactContent content, Purpose purpose) =>
        content.Said(purpose, All).Aggregate(InteractionContent.Empty, (seen, said) => said.Value.Over(seen)).Contact;

    private static bool All(ContentField field, StatedFor stated) => true;

    private sealed record Statement(int Minute, int Turn, string Email, IReadOnlyList<Purpose> For);
}
