using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>Art. 130 Codice Privacy protects every contracting party: the address of a company is one of somebody who is asked first.</summary>
public sealed class CompanyAddressTests : LedgerTests
{
    private static readonly Identifier Company = new(IdentifierKind.Email, "info@company.it");

    [Theory]
    [InlineData(ContactChannel.Email)]
    [InlineData(ContactChannel.Sms)]
    [InlineData(ContactChannel.Push)]
    [InlineData(ContactChannel.AutoCall)]
    [Trait("Compliance", "R-155")]
    [Trait("Compliance", "E40")]
    public async Task The_address_of_a_company_that_gave_no_consent_gets_no_marketing(ContactChannel medium)
    {
        var unknown = await WhyNotAsync(medium);
        await Tracker.RecordAsync(An.Order(by: Company));

        Assert.NotEqual(Reason.None, unknown);
        Assert.Equal(Reason.ConsentMissing, await WhyNotAsync(medium));
    }

    [Fact]
    [Trait("Compliance", "R-155")]
    [Trait("Compliance", "E40")]
    public async Task With_a_consent_by_e_mail_it_gets_e_mail_and_nothing_else()
    {
        await RecordAsync(An.Consent(Purpose.DirectMarketing, Company));

        Assert.Equal(Reason.None, await WhyNotAsync(ContactChannel.Email));
        Assert.Equal(Reason.ConsentScope, await WhyNotAsync(ContactChannel.Sms));
    }

    private async Task<Reason> WhyNotAsync(ContactChannel medium) =>
        (await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, Company), Purpose.DirectMarketing, medium, Cancellation)).Reason;
}
