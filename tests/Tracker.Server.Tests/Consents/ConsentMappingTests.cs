using Tracker.Core.Model;
using Tracker.Server.Consents;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Consents;

public class ConsentMappingTests
{
    [Fact]
    public void A_box_whose_state_was_not_said_is_not_taken_for_unticked()
    {
        var request = new Wire.RecordConsentRequest { Evidence = new() { Kind = Wire.EvidenceKind.Checkbox } };

        Assert.Null(request.ToCore().Evidence!.DefaultChecked);
    }

    [Fact]
    public void What_cannot_be_converted_is_refused_by_name()
    {
        var request = new Wire.RecordConsentRequest
        {
            Purpose = (Wire.Purpose)99,
            ContactChannels = { Wire.ContactChannel.Email, (Wire.ContactChannel)99 },
            State = (Wire.ConsentState)99,
            Evidence = new() { Kind = (Wire.EvidenceKind)99, CapturedAt = new() { Nanos = -1 } },
        };

        var refusal = Assert.Throws<RefusalException>(() => request.ToCore());

        Assert.Equal(
            ["purpose", "contact_channels[1]", "state", "evidence.kind", "evidence.captured_at"],
            refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void A_withdrawal_needs_to_say_whose() =>
        Assert.Equal("profile", Assert.Single(Assert.Throws<RefusalException>(() => new Wire.WithdrawConsentRequest().ToCore()).Violations).Field);
}
