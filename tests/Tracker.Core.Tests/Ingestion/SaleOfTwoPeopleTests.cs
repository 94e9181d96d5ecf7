using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>A sale whose numbers lead to two people, neither of whom it can be of, is of nobody and shows neither.</summary>
public sealed class SaleOfTwoPeopleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_kept_without_their_numbers_and_says_so(bool hasCookie)
    {
        await using var tracker = await TestTracker.StartAsync();

        var sale = await SellAsync(tracker, hasCookie ? [AClaim.Erp("1"), AClaim.Web("b"), AClaim.Number, An.AdasCookie] : [AClaim.Erp("1"), AClaim.Web("b"), AClaim.Number]);

        var records = await tracker.Store.Receipts.ReadAsync(tracker.Caller.Tenant, sale.Key!.Value, CancellationToken.None);
        Assert.Equal(hasCookie ? ["identifiers[0]", "identifiers[1]", "identifiers[3]"] : ["identifiers[0]", "identifiers[1]"], sale.StrippedFields.Where(field => field.StartsWith("identifiers", StringComparison.Ordinal)));
        Assert.All(records, record => Assert.Equal(ProfileId.None, record.Profile));
        Assert.Equal([IdentifierKind.Receipt], records.SelectMany(record => record.Identifiers).Select(identifier => identifier.Kind).Distinct());
    }

    [Fact]
    public async Task It_cannot_be_claimed_by_a_third()
    {
        await using var tracker = await TestTracker.StartAsync();
        await SellAsync(tracker, [AClaim.Erp("1"), AClaim.Web("b"), AClaim.Number]);

        await AClaim.RefusedAsync(tracker.ClaimAsync());

        Assert.Empty(tracker.Read("receipts"));
    }

    private static async Task<InteractionOutcome> SellAsync(TestTracker tracker, IReadOnlyList<Identifier> by)
    {
        var caller = await tracker.RecordTwoPeopleAsync();
        await tracker.RecordAsync(An.Receipt("cookie") with { Identifiers = [An.Bob, An.AdasCookie] });
        var outcomes = await tracker.Recorder.RecordAsync(caller, [AClaim.Sale() with { Identifiers = by, Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] }], CancellationToken.None);
        return outcomes[0];
    }
}
