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
    public void What_cannot_be_converted_is_named_for_the_ledger_to_refuse_with_the_rest()
    {
        var request = new Wire.RecordConsentRequest
        {
            Purpose = (Wire.Purpose)99,
            ContactChannels = { Wire.ContactChannel.Email, (Wire.ContactChannel)99 },
            State = (Wire.ConsentState)99,
            Evidence = new() { Kind = (Wire.EvidenceKind)99, CapturedAt = new() { Nanos = -1 } },
        };

        var draft = request.ToCore();

        Assert.Equal(
            ["purpose", "contact_channels[1]", "state", "evidence.kind", "evidence.captured_at"],
            draft.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void A_withdrawal_needs_to_say_whose() =>
        Assert.Equal("profile", Assert.Single(new Wire.WithdrawConsentRequest().ToCore().Violations).Field);
}
