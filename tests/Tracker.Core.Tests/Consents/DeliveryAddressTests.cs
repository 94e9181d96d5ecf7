using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13: what counts is the habitual residence; where an order is sent to is none.</summary>
public sealed class DeliveryAddressTests : MovingChild
{
    [Fact]
    [Trait("Compliance", "E13")]
    [Trait("Compliance", "R-043")]
    public async Task A_present_that_a_child_in_germany_has_sent_to_italy_is_no_move_that_lets_it_decide_alone()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await StateAsync(Born, "DE", "opened", Now);
        Advance(TimeSpan.FromMinutes(1));
        var present = An.Order("present", An.Ada, Now);
        await Tracker.RecordAsync(present with { Purposes = [Purpose.OrderFulfilment], Content = present.Content with { Contact = new() { PostalAddress = new() { Region = "IT", Locality = "Bari" } } } });
        Advance(TimeSpan.FromMinutes(1));

        var refused = await Record.ExceptionAsync(() => RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "alone") with { NoticeId = "child", NoticeVersion = "child" })) as RefusalException;

        Assert.Equal(RefusalReason.GuardianRequired, refused?.Reason);
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task A_country_that_is_written_with_three_letters_is_named_as_such_and_no_move_out_of_it()
    {
        await GiveAloneAsync("IT");
        Advance(TimeSpan.FromMinutes(1));
        var stated = await StateAsync(Born, "ITA", "opened", Now);

        Assert.Equal("content.contact.postal_address.region_code", Assert.Single(stated.Violations).Field);
        Assert.Equal(Reason.None, await WhyNotAsync());
    }
}
