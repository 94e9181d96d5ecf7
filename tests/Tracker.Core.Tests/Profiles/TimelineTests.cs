using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

public sealed class TimelineTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync([.. Enumerable.Range(0, 12).Select(i =>
            i % 3 == 0 ? An.Receipt($"m-{i}", An.Ada, TestTracker.Noon.AddDays(-i)) : An.Order($"m-{i}", An.Ada, TestTracker.Noon.AddDays(-i)))]);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Newest_comes_first()
    {
        var timeline = await ListAsync(new() { Profile = Ada, Purpose = Purpose.OrderFulfilment });

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"m-{i}"), timeline.Items.Select(item => item.MessageId));
        Assert.Empty(timeline.NextPageToken);
    }

    [Fact]
    public async Task Nothing_is_listed_for_the_handling_of_rights_and_the_refusal_says_what_to_use()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => ListAsync(new() { Profile = Ada, Purpose = Purpose.RightsHandling }));

        var violation = Assert.Single(refused.Violations);
        Assert.Equal("purpose", violation.Field);
        Assert.Contains("ExplainRecord", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_list_is_told_at_once_also_what_the_door_could_not_convert()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => ListAsync(new()
        {
            Profile = Ada,
            Purpose = Purpose.Unspecified,
            PageSize = -1,
            Channels = [Channel.Unspecified],
            From = TestTracker.Noon,
            Until = TestTracker.Noon,
            Violations = [new("purpose", "must be a value that this version of the contract knows"), new("channels[0]", "must be a value that this version of the contract knows")],
        }));

        Assert.Equal(["purpose", "channels[0]", "page_size", "until_at"], refused.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Pages_together_are_the_whole()
    {
        List<string> seen = [];
        var query = new TimelineQuery { Profile = Ada, Purpose = Purpose.OrderFulfilment, PageSize = 5 };
        Timeline page;
        do
        {
            page = await ListAsync(query);
            seen.AddRange(page.Items.Select(item => item.MessageId));
            query = query with { PageToken = page.NextPageToken };
        }
        while (page.NextPageToken.Length > 0);

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"m-{i}"), seen);
    }

    [Fact]
    public async Task A_page_token_is_good_for_its_own_query_only()
    {
        var first = await ListAsync(new() { Profile = Ada, Purpose = Purpose.OrderFulfilment, PageSize = 5 });

        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            ListAsync(new() { Profile = Ada, Purpose = Purpose.AccountingTax, PageSize = 5, PageToken = first.NextPageToken }));

        Assert.Equal(RefusalReason.PageTokenInvalid, refused.Reason);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("%%%")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_forged_page_token_is_refused(string token)
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            ListAsync(new() { Profile = Ada, Purpose = Purpose.OrderFulfilment, PageToken = token }));

        Assert.Equal(RefusalReason.PageTokenInvalid, refused.Reason);
    }

    [Fact]
    public async Task Type_channel_and_time_filter()
    {
        var byType = await ListAsync(new() { Profile = Ada, Purpose = Purpose.OrderFulfilment, Types = ["purchase.completed"] });
        var byChannel = await ListAsync(new() { Profile = Ada, Purpose = Purpose.OrderFulfilment, Channels = [Channel.Web] });
        var byTime = await ListAsync(new() { Profile = Ada, Purpose = Purpose.OrderFulfilment, From = TestTracker.Noon.AddDays(-2), Until = TestTracker.Noon });

        Assert.Equal(["m-0", "m-3", "m-6", "m-9"], byType.Items.Select(item => item.MessageId));
        Assert.Equal(8, byChannel.Items.Count);
        Assert.Equal(["m-1", "m-2"], byTime.Items.Select(item => item.MessageId));
    }

    [Fact]
    [Trait("Compliance", "R-007")]
    public async Task A_purpose_that_it_is_not_kept_for_sees_nothing()
    {
        var timeline = await ListAsync(new() { Profile = Ada, Purpose = Purpose.Profiling });

        Assert.Empty(timeline.Items);
    }

    [Fact]
    [Trait("Compliance", "R-007")]
    public async Task A_read_without_a_purpose_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => ListAsync(new() { Profile = Ada, Purpose = Purpose.Unspecified }));

        Assert.Equal("purpose", Assert.Single(refused.Violations).Field);
    }

    private static ProfileReference Ada => new(null, An.Ada);

    private Task<Timeline> ListAsync(TimelineQuery query) => _tracker.Profiles.ListAsync(_tracker.Caller, query, CancellationToken.None);
}
