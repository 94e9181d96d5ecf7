using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class TypeMediumTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData(ContactChannel.Sms, Outcome.Denied)]
    [InlineData(ContactChannel.Email, Outcome.Accepted)]
    [Trait("Compliance", "R-020")]
    public async Task An_e_mail_that_states_no_medium_rests_on_a_consent_to_e_mail_alone(ContactChannel consented, Outcome expected)
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, channels: consented), CancellationToken.None);

        var sent = await _tracker.RecordAsync(An.Newsletter() with { Type = "email.sent", Content = new() });

        Assert.Equal(expected, sent.Outcome);
    }

    [Fact]
    public async Task A_call_is_by_an_operator_unless_it_says_otherwise()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.AutoCall), CancellationToken.None);
        var call = An.Newsletter() with { Type = "call.made", Purposes = [Purpose.DirectMarketing], Content = new() };

        var unstated = await _tracker.RecordAsync(call);
        var automatic = await _tracker.RecordAsync(call with { MessageId = "robot", ContactChannel = ContactChannel.AutoCall });

        Assert.Equal((Outcome.Denied, Outcome.Accepted), (unstated.Outcome, automatic.Outcome));
    }
}
