using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies.Gates;

public sealed class AddressTests
{
    private static readonly IdentifierHash Own = A.Identifier(1);
    private static readonly IdentifierHash Other = A.Identifier(2);
    private static readonly IdentifierHash Number = A.Identifier(3, IdentifierKind.CustomerNumber);

    [Fact]
    [Trait("Compliance", "E07")]
    public void A_consent_counts_for_the_address_that_it_was_given_for_and_for_no_other()
    {
        Assert.Equal(Reason.None, Why([Own], Own));
        Assert.Equal(Reason.ConsentScope, Why([Own], Other));
        Assert.Equal(Reason.None, Why([Own], Other, Own));
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public void Where_no_medium_is_asked_for_the_address_still_counts() =>
        Assert.Equal(Reason.ConsentScope, Ask.About(Ask.Lead, Ask.Consent() with { Addresses = [Own] }).NamedBy(Other).Why(Purpose.DirectMarketing));

    [Fact]
    public void What_names_no_address_or_was_given_for_none_is_about_the_person()
    {
        Assert.Equal(Reason.None, Why([Own]));
        Assert.Equal(Reason.None, Why([Own], Number));
        Assert.Equal(Reason.None, Why([], Other));
    }

    [Fact]
    public void An_address_is_the_same_under_another_key_and_another_one_is_not()
    {
        var anew = Other with { KeyVersion = 2 };

        Assert.Equal(Reason.None, Why([Own], anew with { UnderOtherKeys = [Own] }));
        Assert.Equal(Reason.ConsentScope, Why([Own], anew with { UnderOtherKeys = [Other] }));
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public void A_consent_that_has_ended_says_nothing_of_another_address() =>
        Assert.Equal(
            Reason.ConsentScope,
            Ask.About(Ask.Lead, Ask.Consent().Withdrawn(Ask.Now.AddDays(-1)) with { Addresses = [Own] }).NamedBy(Other).By(ContactChannel.Email).Why(Purpose.DirectMarketing));

    [Fact]
    [Trait("Compliance", "R-032")]
    public void Of_the_addresses_in_content_a_consent_lets_in_those_it_was_given_for()
    {
        Assert.Contains(ContentField.ContactEmail, Kept([Own], Own));
        Assert.DoesNotContain(ContentField.ContactEmail, Kept([Own], Other));
        Assert.DoesNotContain(ContentField.ContactEmail, Kept([Own]));
        Assert.Contains(ContentField.ContactEmail, Kept([], Other));
    }

    [Fact]
    [Trait("Compliance", "R-002")]
    public void A_consent_to_mail_lets_in_no_telephone_number() =>
        Assert.DoesNotContain(ContentField.ContactPhone, Kept([], A.Identifier(4, IdentifierKind.Phone)));

    private static IEnumerable<ContentField> Kept(IReadOnlyList<IdentifierHash> given, params IdentifierHash[] stated) =>
        (Ask.About(Ask.Lead, Ask.Consent() with { Addresses = given }) with { StatedAddresses = stated }).By(ContactChannel.Email).For(Purpose.DirectMarketing).Fields.Members();

    private static Reason Why(IReadOnlyList<IdentifierHash> given, params IdentifierHash[] named) =>
        Ask.About(Ask.Lead, Ask.Consent() with { Addresses = given }).NamedBy(named).By(ContactChannel.Email).Why(Purpose.DirectMarketing);
}
