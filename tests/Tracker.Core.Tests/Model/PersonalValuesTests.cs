using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Model;

/// <summary>What is put into a log or a message by mistake.</summary>
public sealed class PersonalValuesTests
{
    private const string Value = "ada-1815";

    private static readonly PostalAddress Address = new() { Locality = Value, Lines = [Value], Recipients = [Value] };

    private static readonly InteractionContent Content = new()
    {
        Contact = new() { GivenName = Value, Email = Value, Phone = Value, PostalAddress = Address },
        Fiscal = new() { TaxCode = Value, BillingName = Value, BillingAddress = Address },
        Online = new() { IpAddress = Value, SearchTerm = Value, Properties = [new() { Key = "k", Text = Value }] },
        Commerce = new() { OrderId = Value },
        Store = new() { ReceiptNumber = Value },
        Preferences = new() { Sex = Value },
    };

    public static TheoryData<object> Holders =>
    [
        new Identifier(IdentifierKind.Email, Value),
        Address,
        Content,
        Content.Contact!,
        Content.Fiscal!,
        Content.Online!,
        Content.Online!.Properties![0],
        Content.Commerce!,
        Content.Store!,
        Content.Preferences!,
        new SealedContent(Value, Content),
        new ConfirmationToken(ContactChannel.Email, Value),
        An.Receipt() with { Identifiers = [new(IdentifierKind.Email, Value)], Content = Content },
    ];

    [Theory]
    [MemberData(nameof(Holders), DisableDiscoveryEnumeration = true)]
    public void Nothing_that_holds_a_personal_value_prints_it(object holder) => Assert.DoesNotContain(Value, $"{holder}", StringComparison.Ordinal);

    [Fact]
    public void An_age_is_not_printed() => Assert.DoesNotContain("1815", $"{new SubjectAge(new DateOnly(1815, 12, 10), "GB")}", StringComparison.Ordinal);

    [Fact]
    public void Of_a_fault_its_types_are_told_and_no_message() => Assert.Equal(
        "System.InvalidOperationException from System.ArgumentException",
        $"{new FaultTypes(new InvalidOperationException(Value, new ArgumentException(Value)))}");
}
