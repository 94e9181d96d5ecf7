using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class EmailClickTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData(Purpose.Profiling)]
    [InlineData(Purpose.Analytics)]
    [Trait("Compliance", "R-154")]
    public async Task A_click_in_an_e_mail_is_no_act_of_a_person_who_has_not_agreed_to_its_tracking(Purpose asked)
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(asked, An.Ada), CancellationToken.None);
        var before = await ActAsync();
        _tracker.Time.Advance(TimeSpan.FromDays(2));

        var clicked = await _tracker.RecordAsync(Click(asked));

        Assert.Equal((Outcome.Denied, Reason.PurposeCategoryMismatch), (clicked.Outcome, clicked.Reason));
        Assert.Equal(before, await ActAsync());
    }

    [Fact]
    [Trait("Compliance", "R-154")]
    public async Task A_click_in_an_e_mail_is_kept_on_the_consent_to_its_tracking()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.EmailTracking, An.Ada), CancellationToken.None);

        var clicked = await _tracker.RecordAsync(Click());

        Assert.Equal(Outcome.AcceptedStripped, clicked.Outcome);
        Assert.Equal(Purpose.EmailTracking, Assert.Single(Assert.Single(await _tracker.RecordsAsync(An.Ada)).Grants).Purpose);
    }

    private async Task<DateTimeOffset?> ActAsync() =>
        (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None))!.LastInteractionAt;

    private InteractionDraft Click(params Purpose[] purposes) =>
        An.PageView("click", An.Ada, _tracker.Time.GetUtcNow(), purposes) with { Type = "email.clicked", Channel = Channel.Email };
}
