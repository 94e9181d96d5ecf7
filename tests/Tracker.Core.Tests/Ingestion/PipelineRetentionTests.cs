using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class PipelineRetentionTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task The_log_of_sharing_does_not_keep_what_marketing_may_no_longer_hold()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.SocialAudience), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.ThirdPartySharing, An.Ada), CancellationToken.None);

        var offer = await _tracker.RecordAsync(An.Newsletter(by: An.Ada) with
        {
            Type = "offer.sent",
            ContactChannel = ContactChannel.SocialAudience,
            Purposes = [Purpose.DirectMarketing, Purpose.ThirdPartySharing],
            Recipient = "partner",
        });

        var records = await _tracker.Store.Profiles.FindAsync(_tracker.Caller.Tenant, offer.Key!.Value, CancellationToken.None);
        var marketing = records.Single(record => record.Class == RetentionClass.Marketing);
        Assert.Contains(records, record => record.Grants.Any(grant => grant.Purpose == Purpose.ThirdPartySharing));
        // The consent ends by silence, which is counted from the day of the last act.
        Assert.Equal(new DateTimeOffset(TestTracker.Noon.Date, TimeSpan.Zero).AddMonths(24), marketing.ExpireAt);
    }

    [Fact]
    public async Task The_technical_session_of_a_visitor_keeps_no_details_of_a_person()
    {
        var view = An.PageView(purposes: Purpose.ServiceDelivery) with
        {
            Content = new() { Online = new OnlineContext { SessionId = "s1" }, Contact = new ContactDetails { Email = "ada@example.com" } },
        };

        var outcome = await _tracker.RecordAsync(view);

        Assert.Equal(["content.contact.email"], outcome.StrippedFields);
    }
}
