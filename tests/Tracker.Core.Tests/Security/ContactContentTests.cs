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
                content.For(purpose).Contact?.Email));
        });

    [Fact]
    [Trait("Compliance", "R-037")]
    public void What_is_kept_for_some_purposes_only_is_all_that_they_were_given_and_nothing_else() =>
        Gen.Select(AnyStatement.List[1, 6], Gen.Int[0, 2]).Sample((statements, index) =>
        {
            var content = Arrive(statements);

            var left = content.KeptOnlyFor([Purposes[index]]);

            Assert.All(Purposes, purpose => Assert.Equal(purpose == Purposes[index] ? content.For(purpose).Contact?.Email : null, left.For(purpose).Contact?.Email));
            Assert.Equal(left.For(Purposes[index]).Contact?.Email, left.Content.Contact?.Email ?? left.Older?.Content.Contact?.Email);
            Assert.Equal(SealedJson.Write(left), SealedJson.Write(SealedJson.ReadContact(SealedJson.Write(left))));
        });

    private static ContactContent Arrive(IEnumerable<Statement> statements) => statements.Aggregate(ContactContent.Empty, (content, statement) => content.State(
        new() { Contact = new() { Email = statement.Email } },
        TestTracker.Noon.AddMinutes(statement.Minute),
        statement.For.ToDictionary(purpose => purpose, _ => default(FieldSet).With(ContentField.ContactEmail))));

    private sealed record Statement(int Minute, int Turn, string Email, IReadOnlyList<Purpose> For);
}
