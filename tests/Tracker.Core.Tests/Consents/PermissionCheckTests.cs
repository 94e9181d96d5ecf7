using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class PermissionCheckTests : IAsyncLifetime
{
    private static readonly Identifier Lead = Named("lead");
    private static readonly Identifier Prospect = Named("prospect");
    private static readonly Identifier Former = Named("former");
    private static readonly Identifier Longer = Named("longer");
    private static readonly Identifier Stranger = Named("stranger");
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "2990001112223");

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(-30));
        await _tracker.RecordAsync(An.Receipt("long ago", Longer, TestTracker.Noon.AddMonths(-30)));
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(-25));
        await _tracker.RecordAsync(An.Receipt("once", Former, TestTracker.Noon.AddMonths(-25)));
        _tracker.Time.SetUtcNow(TestTracker.Noon);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, Lead), CancellationToken.None);
        await _tracker.RecordAsync(Of("quote.requested", Prospect) with { MessageId = "asked" });
        await _tracker.RecordAsync(An.Receipt("now", An.Bob));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    public static TheoryData<string> Types => [.. APolicy.Shipped.Types.Keys.Order()];

    [Fact]
    [Trait("Compliance", "R-027")]
    public async Task Somebody_unknown_is_a_lead_by_an_address_and_a_visitor_by_a_cookie()
    {
        var byAddress = await AskAsync(Stranger, Purpose.ServiceDelivery);
        var byCookie = await AskAsync(An.AdasCookie, Purpose.ServiceDelivery);

        Assert.Equal((Stage.Lead, false), (byAddress.Stage, byAddress.IsPermitted));
        Assert.Equal((Stage.Visitor, true), (byCookie.Stage, byCookie.IsPermitted));
    }

    [Fact]
    [Trait("Compliance", "R-024")]
    public async Task Whoever_only_asked_for_a_quote_has_no_fiscal_document_yet()
    {
        Assert.Equal((Stage.Prospect, Reason.LegalRuleUnknown), StageAndReason(await AskAsync(Prospect, Purpose.AccountingTax)));
        Assert.True((await AskAsync(Prospect, Purpose.AccountingTax, "order.placed")).IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "R-024")]
    public async Task Who_joined_and_left_the_loyalty_programme_has_no_fiscal_document_by_that()
    {
        await _tracker.RecordAsync(Of("loyalty.joined", Card));
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await _tracker.RecordAsync(Of("loyalty.left", Card) with { OccurredAt = _tracker.Time.GetUtcNow() });

        Assert.Equal((Stage.Former, Reason.LegalRuleUnknown), StageAndReason(await AskAsync(Card, Purpose.AccountingTax)));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_former_customer_is_written_to_about_an_open_return_alone()
    {
        Assert.Equal((Stage.Former, Reason.StageNotEligible), StageAndReason(await AskAsync(Former, Purpose.OrderFulfilment)));
        Assert.True((await AskAsync(Former, Purpose.OrderFulfilment, "order.returned")).IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "R-024")]
    public async Task The_seller_answers_for_what_it_sold_while_the_warranty_lasts()
    {
        Assert.True((await AskAsync(Former, Purpose.CustomerCare, "support.contacted")).IsPermitted);
        Assert.Equal((Stage.Former, Reason.LiaMissing), StageAndReason(await AskAsync(Longer, Purpose.CustomerCare, "support.contacted")));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Asked_about_a_type_the_answer_is_that_of_its_write(string type)
    {
        Purpose[] purposes = [.. APolicy.Shipped.Types[type].AdmissiblePurposes.Order()];
        foreach (var person in new[] { Stranger, Card, Lead, Prospect, Former, Longer, An.Bob })
        {
            List<(Purpose, Reason)> told = [];
            foreach (var purpose in purposes)
            {
                told.Add((purpose, (await AskAsync(person, purpose, type)).Reason));
            }

            var written = await _tracker.RecordAsync(Of(type, person) with { Purposes = purposes });

            var denied = written.Denials.ToDictionary(denial => denial.Purpose, denial => denial.Reason);
            Assert.Equal([.. purposes.Select(purpose => (purpose, denied.GetValueOrDefault(purpose)))], told);
        }
    }

    [Fact]
    public async Task A_type_that_the_catalogue_does_not_have_is_named()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => AskAsync(An.Bob, Purpose.OrderFulfilment, "order.eaten"));

        Assert.Equal(("type", "'order.eaten' is not in the catalogue; PolicyService.GetPolicy lists the types"), (refused.Violations[0].Field, refused.Violations[0].Description));
    }

    private static (Stage, Reason) StageAndReason(PermissionAnswer answer) => (answer.Stage, answer.Reason);

    private static Identifier Named(string name) => new(IdentifierKind.Email, $"{name}@example.com");

    private static InteractionDraft Of(string type, Identifier person) =>
        An.Order($"{type} {person.Value}", person) with { Type = type, Content = new() { Store = new() { StoreId = "milano-1" } } };

    private Task<PermissionAnswer> AskAsync(Identifier person, Purpose purpose, string type = "") =>
        _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, person), new() { Purpose = purpose, Type = type }, CancellationToken.None);
}
