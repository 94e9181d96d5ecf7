using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>Records of nobody are rewritten and deleted as those of a profile, with the links of their receipt numbers.</summary>
public abstract class UnownedRevisionContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    private static readonly DateTimeOffset Sooner = A.Noon.AddDays(3);

    [Fact]
    public async Task Records_of_nobody_are_listed_page_by_page()
    {
        await SellAsync(1, RetentionClass.Fiscal);
        await SellAsync(2, RetentionClass.Fiscal);
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(3, A.Ada));

        var first = await Storage.Reviews.ListRecordsAsync(A.Tenant, ProfileId.None, after: null, limit: 1, Cancellation);
        var second = await Storage.Reviews.ListRecordsAsync(A.Tenant, ProfileId.None, RecordAddress.Of(first[0]), limit: 9, Cancellation);

        Assert.Equal([A.Key(1), A.Key(2)], first.Concat(second).Select(record => record.Key).Order());
    }

    [Fact]
    public async Task Rewritten_record_of_nobody_ends_with_its_link_when_it_says()
    {
        var sale = await SellAsync(1, RetentionClass.Fiscal);

        await ApplyAsync(new() { Tenant = A.Tenant, Profile = ProfileId.None, ExpectedEpoch = 0, Rewritten = [sale.Records[0] with { ExpireAt = Sooner, Grants = [A.Grant(Sooner)] }] });

        Assert.Equal(Sooner, Assert.Single(await FindAsync(1)).ExpireAt);
        Assert.Equal(Sooner, Assert.Single(await FindLinksAsync(1)).ExpireAt);
        GoTo(Sooner);
        await SweepAsync();
        Assert.Empty(await Storage.ListOccupiedAsync());
    }

    [Fact]
    public async Task Deleted_class_of_a_sale_is_not_brought_back_by_a_repeat_and_the_link_stays_with_the_rest()
    {
        var sale = await SellAsync(1, RetentionClass.Fiscal, RetentionClass.Safety);

        await DeleteAsync(RetentionClass.Safety);

        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(MicroBatches.Anonymous(sale)));
        Assert.Equal([RetentionClass.Fiscal], (await FindAsync(1)).Select(record => record.Class));
        Assert.Equal(A.InAMonth, Assert.Single(await FindLinksAsync(1)).ExpireAt);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_sale_whose_last_record_is_deleted()
    {
        await SellAsync(1, RetentionClass.Fiscal, RetentionClass.Safety);

        await DeleteAsync(RetentionClass.Fiscal, RetentionClass.Safety);

        Assert.Empty(await Storage.ListOccupiedAsync());
    }

    [Fact]
    public async Task What_somebody_has_claimed_since_it_was_read_stays_as_it_is()
    {
        var sale = A.Sale(1);
        var batch = MicroBatches.Anonymous(sale);
        await CommitAsync(batch);
        var read = await FindAsync(1);
        Assert.Equal([CommitAnswer.Stored], await CommitAsync(A.NewProfile(A.Ada), A.Claimed(sale, batch.Id, A.Ada, classes: [RetentionClass.Fiscal])));

        await ApplyAsync(new() { Tenant = A.Tenant, Profile = ProfileId.None, ExpectedEpoch = 0, Rewritten = [read[0] with { ExpireAt = Sooner }] });
        await DeleteAsync(RetentionClass.Fiscal);

        var left = Assert.Single(await FindAsync(1));
        Assert.Equal((A.Ada, A.InAMonth), (left.Profile, left.ExpireAt!.Value));
    }

    [Fact]
    public async Task Errand_about_nobody_is_due_though_there_is_no_such_profile()
    {
        Errand errand = new(A.Tenant, ProfileId.None, A.Noon);
        await Storage.Errands.AddAsync([errand], Cancellation);
        await SweepAsync();

        Assert.Equal([errand], await Storage.Errands.ReadDueAsync(A.Noon, 10, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Purpose_that_ends_before_its_record_leaves_an_errand_of_the_day_after(bool hasReceipt)
    {
        await CommitAsync(MicroBatches.Anonymous(Mixed(1, hasReceipt), Mixed(2, hasReceipt)));
        await CommitAsync(MicroBatches.Anonymous(Mixed(3, hasReceipt)));

        Assert.Equal([Errand.OfNobody(A.Tenant, Sooner)], await Storage.Errands.ReadDueAsync(A.InAMonth, 10, Cancellation));
        Assert.True(Errand.OfNobody(A.Tenant, Sooner).DueAt >= Sooner);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repeat_leaves_no_errand(bool hasReceipt)
    {
        await CommitAsync(MicroBatches.Anonymous(Mixed(1, hasReceipt)));
        await Storage.Errands.RemoveAsync([Errand.OfNobody(A.Tenant, Sooner)], fence: null, Cancellation);

        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(MicroBatches.Anonymous(Mixed(1, hasReceipt))));

        Assert.Empty(await Storage.Errands.ReadDueAsync(A.InAMonth, 10, Cancellation));
    }

    [Fact]
    public async Task Record_that_ends_as_a_whole_leaves_no_errand()
    {
        await SellAsync(1, RetentionClass.Fiscal);

        Assert.Empty(await Storage.Errands.ReadDueAsync(A.InAMonth.AddDays(9), 10, Cancellation));
    }

    [Fact]
    public async Task Revision_of_nobody_leaves_the_errand_it_says()
    {
        var errand = Errand.OfNobody(A.Tenant, Sooner);

        await ApplyAsync(new() { Tenant = A.Tenant, Profile = ProfileId.None, ExpectedEpoch = 0, Next = [errand] });

        Assert.Equal([errand], await Storage.Errands.ReadDueAsync(A.InAMonth, 10, Cancellation));
    }

    /// <summary>Of two purposes in one record, one of which ends first.</summary>
    private static InteractionWrite Mixed(int number, bool hasReceipt)
    {
        var sale = A.Sale(number);
        IReadOnlyList<Grant> grants = [A.Grant(A.InAMonth, Purpose.AccountingTax), A.Grant(Sooner, Purpose.ProductSafety)];
        return sale with { Records = [.. sale.Records.Select(record => record with { Grants = grants })], Receipts = hasReceipt ? sale.Receipts : [] };
    }

    private async Task<InteractionWrite> SellAsync(int number, params RetentionClass[] classes)
    {
        var sale = A.Sale(number, classes: classes);
        sale = sale with { Records = [.. sale.Records.Select(record => record with { Identifiers = [A.ReceiptNumber(number)] })] };
        await CommitAsync(MicroBatches.Anonymous(sale));
        return sale;
    }

    private Task DeleteAsync(params RetentionClass[] classes) => ApplyAsync(new()
    {
        Tenant = A.Tenant,
        Profile = ProfileId.None,
        ExpectedEpoch = 0,
        Deleted = [.. classes.Select(member => Revisions.Address(1, member))],
    });

    private async Task ApplyAsync(ProfileRevision revision) => Assert.True(await Storage.Reviews.ApplyAsync(revision, Cancellation));

    private Task<IReadOnlyList<ReceiptLink>> FindLinksAsync(int number) => Storage.Receipts.FindAsync(A.Tenant, [A.ReceiptNumber(number)], 10, Cancellation);
}
