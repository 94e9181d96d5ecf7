using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

/// <summary>Sales of nobody are found by the number of their receipt, and become somebody's once.</summary>
public abstract class ReceiptStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Number_leads_to_the_sale_of_nobody_that_was_stored_with_it()
    {
        await CommitAsync(MicroBatches.Anonymous(A.Sale(1), A.Sale(2), A.Interaction(3)));
        await Storage.ReopenAsync();

        var link = Assert.Single(await FindAsync([A.ReceiptNumber(2)]));

        Assert.Equal(new ReceiptLink(A.Tenant, A.ReceiptNumber(2), A.Key(2), A.InAMonth), link);
        Assert.Equal([ProfileId.None], (await Storage.Receipts.ReadAsync(A.Tenant, A.Key(2), Cancellation)).Select(record => record.Profile));
    }

    [Fact]
    public async Task Number_is_found_under_any_version_of_the_key_and_for_its_tenant_alone()
    {
        await CommitAsync(MicroBatches.Anonymous(A.Sale(1)));
        var newer = A.ReceiptNumber(7) with { KeyVersion = 2 };

        Assert.Single(await FindAsync([newer, A.ReceiptNumber(1)]));
        Assert.Empty(await FindAsync([newer]));
        Assert.Empty(await Storage.Receipts.FindAsync(A.OtherTenant, [A.ReceiptNumber(1)], 10, Cancellation));
        Assert.Empty(await Storage.Receipts.ReadAsync(A.OtherTenant, A.Key(1), Cancellation));
    }

    [Fact]
    public async Task Sales_of_one_number_have_a_link_each_up_to_the_limit()
    {
        await CommitAsync(MicroBatches.Anonymous(A.Sale(1), A.Sale(2) with { Receipts = [A.ReceiptNumber(1)] }, A.Sale(3) with { Receipts = [A.ReceiptNumber(1)] }));

        Assert.Equal([A.Key(1), A.Key(2), A.Key(3)], (await FindAsync([A.ReceiptNumber(1)])).Select(link => link.Interaction));
        Assert.Equal(2, (await Storage.Receipts.FindAsync(A.Tenant, [A.ReceiptNumber(1)], 2, Cancellation)).Count);
    }

    [Fact]
    public async Task Sale_that_has_expired_takes_no_place_under_the_limit()
    {
        IReadOnlyList<IdentifierHash> number = [A.ReceiptNumber(1)];
        await CommitAsync(MicroBatches.Anonymous(
            A.Sale(1, until: A.Noon.AddDays(1)),
            A.Sale(2, until: A.Noon.AddDays(1)) with { Receipts = number },
            A.Sale(3) with { Receipts = number },
            A.Sale(4) with { Receipts = number }));
        GoTo(A.Noon.AddDays(1));

        Assert.Equal([A.Key(3), A.Key(4)], (await Storage.Receipts.FindAsync(A.Tenant, number, 2, Cancellation)).Select(link => link.Interaction));
    }

    [Fact]
    public async Task Link_ends_with_the_last_record_of_its_sale_and_is_deleted()
    {
        var sale = A.Interaction(A.Record(1, ofClass: RetentionClass.Fiscal, classes: RetentionClasses.Of([RetentionClass.Fiscal, RetentionClass.Order])), A.Record(1, ofClass: RetentionClass.Order, classes: RetentionClasses.Of([RetentionClass.Fiscal, RetentionClass.Order]), until: A.Noon.AddDays(1)));
        await CommitAsync(MicroBatches.Anonymous(sale with { Receipts = [A.ReceiptNumber(1), A.ReceiptNumber(2)] }));

        GoTo(A.InAMonth.AddMilliseconds(-1));
        Assert.Single(await FindAsync([A.ReceiptNumber(2)]));
        GoTo(A.InAMonth);
        Assert.Empty(await FindAsync([A.ReceiptNumber(2)]));

        Assert.Equal(2, (await SweepAsync()).Deleted[ExpiredKind.Receipt]);
        Assert.Empty(await Storage.ListOccupiedAsync());
    }

    [Fact]
    public async Task Overdue_links_are_measured()
    {
        await CommitAsync(MicroBatches.Anonymous(A.Sale(1)));
        GoTo(A.InAMonth.AddMinutes(1));

        Assert.Equal(2, (await Storage.Expiry.MeasureAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Repeat_of_the_sale_is_a_duplicate_and_makes_no_second_link()
    {
        await CommitAsync(MicroBatches.Anonymous(A.Sale(1)));

        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(MicroBatches.Anonymous(A.Sale(1) with { Receipts = [A.ReceiptNumber(2)] })));
        Assert.Empty(await FindAsync([A.ReceiptNumber(2)]));
    }

    [Fact]
    public async Task Repeat_of_a_sale_that_has_expired_is_stored_anew_with_its_link()
    {
        await CommitAsync(MicroBatches.Anonymous(A.Sale(1)));
        GoTo(A.InAMonth);

        Assert.Equal([CommitAnswer.Stored], await CommitAsync(MicroBatches.Anonymous(A.Sale(1, until: A.InAMonth.AddDays(1)))));
        Assert.Equal(A.InAMonth.AddDays(1), Assert.Single(await FindAsync([A.ReceiptNumber(1)])).ExpireAt);
    }

    [Fact]
    public async Task Claimed_sale_is_the_claimants_alone_under_the_same_key_and_has_no_link()
    {
        var batch = await SellAsync(A.Sale(1, classes: [RetentionClass.Fiscal, RetentionClass.Safety]));

        var answers = await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Claimed(A.Sale(1), batch, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Order]));
        await Storage.ReopenAsync();

        Assert.Equal([CommitAnswer.Stored], answers);
        Assert.Equal([(A.Ada, RetentionClass.Fiscal), (A.Ada, RetentionClass.Order)], (await FindAsync(1)).Select(record => (record.Profile, record.Class)).Order());
        Assert.Empty(await FindAsync([A.ReceiptNumber(1)]));
        Assert.Equal(A.Ada, await FindProfileAsync(A.Identifier(1)));
        Assert.DoesNotContain("receipts", await Storage.ListOccupiedAsync());
    }

    [Fact]
    public async Task Nothing_is_left_once_what_was_claimed_has_expired()
    {
        var batch = await SellAsync(A.Sale(1, until: A.InAMonth.AddYears(10)));
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Claimed(A.Sale(1), batch, A.Ada));
        GoTo(A.InAMonth);

        await SweepAsync();

        Assert.Empty(await Storage.ListOccupiedAsync());
    }

    [Fact]
    public async Task Sale_is_claimed_once_and_whoever_is_late_leaves_nothing()
    {
        var batch = await SellAsync(A.Sale(1));
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)), A.Claimed(A.Sale(1), batch, A.Ada));

        var answers = await CommitAsync(A.NewProfile(A.Bea, A.Identifier(2)), A.Claimed(A.Sale(1), batch, A.Bea));

        Assert.Equal([CommitAnswer.Duplicate], answers);
        Assert.Equal([A.Ada], (await FindAsync(1)).Select(record => record.Profile));
        Assert.Null(await FindControlAsync(A.Bea));
        Assert.Null(await FindProfileAsync(A.Identifier(2)));
    }

    [Fact]
    public async Task Repeat_of_the_till_is_a_duplicate_after_the_claim()
    {
        var batch = await SellAsync(A.Sale(1));
        await CommitAsync(A.NewProfile(A.Ada), A.Claimed(A.Sale(1), batch, A.Ada));

        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(MicroBatches.Anonymous(A.Sale(1))));
        Assert.Equal([A.Ada], (await FindAsync(1)).Select(record => record.Profile));
        Assert.Empty(await FindAsync([A.ReceiptNumber(1)]));
    }

    [Fact]
    public async Task Sale_that_has_expired_or_never_was_cannot_be_claimed()
    {
        var batch = await SellAsync(A.Sale(1));
        GoTo(A.InAMonth);

        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(A.NewProfile(A.Ada), A.Claimed(A.Sale(1), batch, A.Ada, until: A.InAMonth.AddDays(1))));
        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(A.NewProfile(A.Ada), A.Claimed(A.Sale(2), batch, A.Ada, until: A.InAMonth.AddDays(1))));
        Assert.Null(await FindControlAsync(A.Ada));
    }

    [Fact]
    public async Task Sale_that_was_written_anew_since_it_was_read_is_not_the_one_that_is_claimed()
    {
        var batch = await SellAsync(A.Sale(1));
        GoTo(A.InAMonth);
        await SellAsync(A.Sale(1, until: A.InAMonth.AddDays(9)));

        Assert.Equal([CommitAnswer.Duplicate], await CommitAsync(A.NewProfile(A.Ada), A.Claimed(A.Sale(1), batch, A.Ada, until: A.InAMonth.AddDays(1))));
        Assert.Single(await FindAsync([A.ReceiptNumber(1)]));
    }

    [Fact]
    public async Task Claim_of_a_profile_that_has_changed_is_stale_and_the_sale_stays_as_it_was()
    {
        await CommitAsync(A.NewProfile(A.Ada), A.Interaction(5, A.Ada));
        var batch = await SellAsync(A.Sale(1));

        var answers = await CommitAsync(A.KnownProfile(A.Ada, epoch: 3), A.Claimed(A.Sale(1), batch, A.Ada));

        Assert.Equal([CommitAnswer.Stale], answers);
        Assert.Equal([ProfileId.None], (await FindAsync(1)).Select(record => record.Profile));
        Assert.Single(await FindAsync([A.ReceiptNumber(1)]));
    }

    [Fact]
    public async Task Of_claims_at_the_same_time_one_is_stored()
    {
        var batch = await SellAsync(A.Sale(1));
        var other = await Storage.BesideAsync();

        var answers = await Task.WhenAll(
            Storage.Records.CommitAsync(MicroBatches.Of(A.NewProfile(A.Ada, A.Identifier(1)), A.Claimed(A.Sale(1), batch, A.Ada)), Cancellation),
            other.Records.CommitAsync(MicroBatches.Of(A.NewProfile(A.Bea, A.Identifier(2)), A.Claimed(A.Sale(1), batch, A.Bea)), Cancellation));

        Assert.Equal([CommitAnswer.Stored, CommitAnswer.Duplicate], answers.SelectMany(answer => answer).Order());
        Assert.Single((await FindAsync(1)).Select(record => record.Profile).Distinct());
        Assert.Single([await FindControlAsync(A.Ada), await FindControlAsync(A.Bea)], control => control is not null);
    }

    [Fact]
    public async Task Link_is_of_a_sale_of_nobody_alone_and_a_claim_of_somebody()
    {
        var batch = BatchId.New(A.Noon);

        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(A.NewProfile(A.Ada), A.Interaction(1, A.Ada) with { Receipts = [A.ReceiptNumber(1)] }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(MicroBatches.Anonymous(A.Interaction(1) with { Replaces = new(batch, [], [], "") })));
    }

    /// <returns>What wrote it.</returns>
    private async Task<BatchId> SellAsync(InteractionWrite sale)
    {
        var batch = MicroBatches.Anonymous(sale);
        Assert.Equal([CommitAnswer.Stored], await CommitAsync(batch));
        return (await FindAsync(1)).Count > 0 ? batch.Id : throw new InvalidOperationException("It is not stored.");
    }

    private Task<IReadOnlyList<ReceiptLink>> FindAsync(IReadOnlyList<IdentifierHash> receipts) => Storage.Receipts.FindAsync(A.Tenant, receipts, 10, Cancellation);
}
