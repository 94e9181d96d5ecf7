using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class ExpiryTests
{
    [Fact]
    public async Task Each_class_goes_at_its_own_time_and_the_person_with_the_last()
    {
        await using var tracker = await TestTracker.StartAsync();
        var receipt = await tracker.RecordAsync(An.Receipt(by: An.Ada));

        tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(26));
        await tracker.Sweeper.SweepAsync(CancellationToken.None);
        var afterWarranty = await tracker.Store.Profiles.FindAsync(tracker.Caller.Tenant, receipt.Key!.Value, CancellationToken.None);
        tracker.Time.SetUtcNow(new DateTimeOffset(2036, 11, 23, 23, 0, 0, TimeSpan.Zero));
        await tracker.Sweeper.SweepAsync(CancellationToken.None);

        Assert.Equal(RetentionClass.Fiscal, Assert.Single(afterWarranty).Class);
        Assert.Empty(await tracker.Store.Profiles.FindAsync(tracker.Caller.Tenant, receipt.Key.Value, CancellationToken.None));
        Assert.Null(await tracker.Lookup.FindAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None));
    }

    [Fact]
    public async Task What_has_expired_is_invisible_at_once_also_while_nothing_sweeps()
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.RecordAsync(An.Receipt(by: An.Ada));

        tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(26));

        Assert.Empty((await tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
        Assert.Single((await tracker.TimelineAsync(An.Ada, Purpose.AccountingTax)).Items);
    }

    [Fact]
    public async Task A_contact_slides_with_the_last_interaction_and_ends_24_months_after_it()
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        await tracker.RecordAsync(An.Receipt(by: An.Ada));
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await tracker.RecordAsync(An.Newsletter());

        tracker.Time.Advance(TimeSpan.FromDays(100));
        await tracker.RecordAsync(An.Receipt("later", An.Ada, tracker.Time.GetUtcNow()));

        var contact = await ReadContactAsync(tracker);
        Assert.Equal(new DateTimeOffset(2027, 3, 3, 0, 0, 0, TimeSpan.Zero), contact!.LastInteractionAt);
        Assert.Equal(new DateTimeOffset(2029, 3, 3, 0, 0, 0, TimeSpan.Zero), contact.ExpireAt);
    }

    [Fact]
    public async Task Our_own_mail_moves_no_clock()
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await tracker.RecordAsync(An.Newsletter());
        var before = await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);

        tracker.Time.Advance(TimeSpan.FromDays(30));
        await tracker.RecordAsync(An.Newsletter("mail", at: tracker.Time.GetUtcNow()) with { Type = "email.sent", Content = new() });

        var after = await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        Assert.Equal(before.LastInteractionAt, after.LastInteractionAt);
    }

    private static async Task<ContactDocument?> ReadContactAsync(TestTracker tracker)
    {
        var profile = await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        return await tracker.Store.Profiles.FindContactAsync(tracker.Caller.Tenant, profile.Id, CancellationToken.None);
    }
}
