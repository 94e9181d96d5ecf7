using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>What is sent on the soft opt-in, as it arrives: on time, late, or worded as something else (art. 130(4) Codice Privacy).</summary>
public sealed class MessageTermsTests : IAsyncLifetime
{
    private static readonly MessageTerms Fair = new(IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: true);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.Contacts.NoteSoftOptInAsync(_tracker.Caller, An.SoftOptIn(An.Ada), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData(Initiator.Unspecified)]
    [InlineData(Initiator.System)]
    [InlineData(Initiator.Subject)]
    [Trait("Compliance", "R-156")]
    public async Task A_message_that_states_no_terms_is_denied_whoever_is_said_to_have_started_it(Initiator initiator)
    {
        var sent = await _tracker.RecordAsync(Mail() with { Initiator = initiator });

        Assert.Equal((Outcome.Denied, Reason.SoftOptInCondition), (sent.Outcome, sent.Reason));
        Assert.Equal(Outcome.Accepted, (await _tracker.RecordAsync(Mail() with { Initiator = initiator, Message = Fair })).Outcome);
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task A_sale_after_the_message_opens_no_window_for_it()
    {
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(30));
        await _tracker.RecordAsync(An.Receipt("again", An.Ada, TestTracker.Noon.AddMonths(30)));

        var late = await _tracker.RecordAsync(Mail() with { Message = Fair, OccurredAt = TestTracker.Noon.AddMonths(29) });

        Assert.Equal((Outcome.Denied, Reason.SoftOptInCondition), (late.Outcome, late.Reason));
    }

    [Fact]
    [Trait("Compliance", "R-156")]
    public async Task A_message_to_a_regular_customer_is_kept_though_a_sale_came_in_before_it()
    {
        foreach (var months in Enumerable.Range(1, 14).Select(i => i * 3))
        {
            _tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(months));
            await _tracker.RecordAsync(An.Receipt($"sale-{months}", An.Ada, TestTracker.Noon.AddMonths(months)));
        }

        var late = await _tracker.RecordAsync(Mail() with { Message = Fair, OccurredAt = TestTracker.Noon.AddMonths(42).AddDays(-1) });

        Assert.Equal(Outcome.Accepted, late.Outcome);
    }

    private static InteractionDraft Mail() => An.Newsletter("mail") with { Type = "email.sent", Content = new() };
}
