using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class AudienceTests : IAsyncLifetime
{
    private static readonly PermissionQuestion Newsletter = new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Email };
    private static readonly Identifier Stranger = new(IdentifierKind.Email, "nobody@example.com");

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Analytics, An.Bob), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Each_person_is_answered_in_the_order_asked()
    {
        var answer = await AskAsync(Newsletter, Stranger, An.Ada, An.Bob, An.Ada);

        Assert.Equal(
            [Reason.ConsentMissing, Reason.None, Reason.ConsentMissing, Reason.None],
            answer.People.Select(person => person.Reason));
        Assert.Equal([0, 1, 1, 1], answer.People.Select(person => person.ConsentEpoch));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_identifier_that_names_nobody_is_named_by_its_place_in_the_audience_however_small(int size)
    {
        Identifier[] people = [.. Enumerable.Repeat(An.Ada, size - 1), new(IdentifierKind.Email, "no address")];

        var refused = await Assert.ThrowsAsync<RefusalException>(() => AskAsync(Newsletter, people));

        Assert.Equal($"profiles[{size - 1}].identifier.value", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    [Trait("Compliance", "E02")]
    public async Task An_answer_counts_for_a_minute()
    {
        var answer = await AskAsync(Newsletter, An.Ada);

        Assert.Equal(_tracker.Time.GetUtcNow(), answer.CheckedAt);
        Assert.Equal(TimeSpan.FromSeconds(60), answer.ValidUntil - answer.CheckedAt);
    }

    [Fact]
    [Trait("Compliance", "E02")]
    [Trait("Compliance", "E47")]
    public async Task A_withdrawal_while_a_campaign_is_sent_stops_the_next_chunk()
    {
        var before = await AskAsync(Newsletter, An.Ada);
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada), CancellationToken.None);

        var after = await AskAsync(Newsletter, An.Ada);

        Assert.True(before.People[0].IsPermitted);
        Assert.Equal(Reason.ConsentWithdrawn, after.People[0].Reason);
        Assert.Equal(2, after.People[0].ConsentEpoch);
    }

    [Fact]
    public async Task The_check_of_one_person_answers_the_same()
    {
        var one = await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), Newsletter, CancellationToken.None);

        var many = await AskAsync(Newsletter, An.Ada);

        Assert.True(one.IsPermitted);
        Assert.Equal((one.Reason, one.Basis, one.Stage, one.ConsentEpoch), (many.People[0].Reason, many.People[0].Basis, many.People[0].Stage, many.People[0].ConsentEpoch));
        Assert.Equal(one.EvidenceIds, many.People[0].EvidenceIds);
    }

    [Fact]
    [Trait("Compliance", "R-020")]
    public async Task Another_medium_and_another_basis_are_other_questions()
    {
        var sms = await AskAsync(Newsletter with { ContactChannel = ContactChannel.Sms }, An.Ada);
        var interest = await AskAsync(Newsletter with { Basis = LegalBasis.LegitimateInterest }, An.Ada);

        Assert.Equal(Reason.ConsentScope, sms.People[0].Reason);
        Assert.Equal(Reason.BasisNotAdmissible, interest.People[0].Reason);
    }

    [Fact]
    [Trait("Compliance", "E30")]
    public async Task A_service_message_with_an_offer_in_it_is_marketing()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Bob));

        var service = await AskAsync(new() { Purpose = Purpose.OrderFulfilment, ContactChannel = ContactChannel.Email }, An.Bob);
        var mixed = await AskAsync(Newsletter with { Message = new(IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: true) }, An.Bob);

        Assert.True(service.People[0].IsPermitted);
        Assert.Equal(Reason.ConsentMissing, mixed.People[0].Reason);
    }

    [Fact]
    [Trait("Compliance", "E15")]
    public async Task A_source_for_children_is_answered_as_of_children()
    {
        var caller = _tracker.Caller with { IsChildDirected = true };

        var answer = await _tracker.Permissions.CheckAudienceAsync(caller, [new(null, An.Ada)], Newsletter, CancellationToken.None);

        Assert.Equal(Reason.GuardianRequired, answer.People[0].Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task Nobody_and_too_many_are_refused(int count)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => AskAsync(Newsletter, [.. Enumerable.Repeat(An.Ada, count)]));

        Assert.Equal(["profiles"], refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task A_bad_identifier_is_named_by_its_place()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => AskAsync(Newsletter, An.Ada, new Identifier(IdentifierKind.Email, "no address")));

        Assert.Equal(["profiles[1].identifier.value"], refusal.Violations.Select(violation => violation.Field));
    }

    private Task<AudienceAnswer> AskAsync(PermissionQuestion question, params Identifier[] people) =>
        _tracker.Permissions.CheckAudienceAsync(_tracker.Caller, [.. people.Select(person => new ProfileReference(null, person))], question, CancellationToken.None);
}
