using System.Text.Json.Nodes;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities;

/// <summary>The address that tills send for whoever has none: it is nobody's.</summary>
public sealed class BlockedIdentifierTests : IAsyncLifetime
{
    private static readonly Identifier Everybody = new(IdentifierKind.Email, " Till@Shop.example ");
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "card-1");
    private static readonly Identifier AnotherCard = new(IdentifierKind.LoyaltyCard, "card-2");

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync(policy: Blocking());

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task An_interaction_is_kept_without_it_and_says_so()
    {
        var outcome = await _tracker.RecordAsync(An.Receipt() with { Identifiers = [Everybody, Card] });

        Assert.Equal(Outcome.AcceptedStripped, outcome.Outcome);
        Assert.Contains("identifiers[0]", outcome.StrippedFields);
        Assert.Equal([IdentifierKind.LoyaltyCard], (await _tracker.ProfileAsync(Card, Purpose.OrderFulfilment)).IdentifierKinds);
    }

    [Fact]
    public async Task It_links_nobody_to_anybody()
    {
        await _tracker.RecordAsync(
            An.Receipt("receipt-1") with { Identifiers = [Everybody, Card] },
            An.Receipt("receipt-2") with { Identifiers = [Everybody, AnotherCard] },
            An.Receipt("receipt-3") with { Identifiers = [Everybody] });

        var (one, other) = (await _tracker.RecordsAsync(Card), await _tracker.RecordsAsync(AnotherCard));

        Assert.NotEqual(one[0].Profile, other[0].Profile);
        Assert.Single(one.Select(record => record.Key).Distinct());
        Assert.Single(other.Select(record => record.Key).Distinct());
    }

    [Fact]
    public async Task An_interaction_that_has_no_other_is_of_nobody()
    {
        var outcome = await _tracker.RecordAsync(An.Receipt() with { Identifiers = [Everybody] });

        Assert.Equal(Outcome.AcceptedStripped, outcome.Outcome);
        var records = await _tracker.Store.Profiles.FindAsync(_tracker.Caller.Tenant, outcome.Key!.Value, CancellationToken.None);
        Assert.All(records, record => Assert.True(record.Profile.IsNone && record.Identifiers.Count == 0));
    }

    [Fact]
    public async Task A_type_that_needs_a_person_is_not_content_with_it()
    {
        var outcome = await _tracker.RecordAsync(An.Newsletter() with { Identifiers = [Everybody] });

        Assert.Equal((Outcome.Invalid, "identifiers"), (outcome.Outcome, Assert.Single(outcome.Violations).Field));
    }

    [Fact]
    public async Task A_repeat_is_a_duplicate()
    {
        var receipt = An.Receipt() with { Identifiers = [Everybody, Card] };
        await _tracker.RecordAsync(receipt);

        Assert.Equal(Outcome.Duplicate, (await _tracker.RecordAsync(receipt)).Outcome);
    }

    [Fact]
    public async Task No_consent_is_given_by_it_and_nothing_is_read_by_it()
    {
        var consent = await RefusedAsync(() => _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, Everybody), CancellationToken.None));
        var profile = await RefusedAsync(() => _tracker.ProfileAsync(Everybody, Purpose.OrderFulfilment));
        var consents = await RefusedAsync(() => _tracker.Consents.ListAsync(_tracker.Caller, new(null, Everybody), Purpose.RightsHandling, 0, "", CancellationToken.None));

        Assert.Equal(["identifiers[0].value", "profile.identifier.value", "profile.identifier.value"], new[] { consent, profile, consents }.Select(violation => violation.Field));
        Assert.All([consent, profile, consents], violation => Assert.DoesNotContain("till@", violation.Description, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_no_by_it_that_leads_to_nobody_says_why_it_is_refused()
    {
        var withdrawal = await RefusedAsync(() => _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, Everybody), CancellationToken.None));
        var refusal = await RefusedAsync(() => _tracker.Ledger.RecordAsync(_tracker.Caller, Refusal(Everybody), CancellationToken.None));

        Assert.Equal(("profile.identifier.value", "identifiers[0].value"), (withdrawal.Field, refusal.Field));
        Assert.Equal(IdentifierReader.Blocked, withdrawal.Description);
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task Whoever_consented_by_it_before_it_was_blocked_withdraws_by_it()
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        var given = await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.Profiling, Everybody), CancellationToken.None);
        await before.CloseAsync();
        await using var after = await TestTracker.StartAsync(policy: Blocking(), after: before);

        var withdrawn = await after.Ledger.WithdrawAsync(after.Caller, An.Withdrawal(Purpose.Profiling, Everybody), CancellationToken.None);

        Assert.Equal((given.Entry!.Profile, ConsentState.Withdrawn), (withdrawn.Entry!.Profile, withdrawn.Entry.State));
    }

    [Fact]
    public async Task Whoever_was_known_by_it_before_it_was_blocked_objects_by_it()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt() with { Identifiers = [Everybody, Card] });
        await before.CloseAsync();
        await using var after = await TestTracker.StartAsync(policy: Blocking(), after: before);

        var objected = await after.Objections.ObjectAsync(after.Caller, new() { RequestId = "no", Profile = new(null, Everybody), Purpose = Purpose.DirectMarketing }, CancellationToken.None);

        Assert.Equal((await after.ProfileAsync(Card, Purpose.OrderFulfilment)).Id, objected.Entry!.Profile);
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task A_refusal_that_comes_with_it_is_taken_from_the_person_that_the_others_name()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt() with { Identifiers = [Card] });

        var refused = await _tracker.Ledger.RecordAsync(_tracker.Caller, Refusal(Everybody, Card), CancellationToken.None);

        Assert.Equal((await _tracker.ProfileAsync(Card, Purpose.OrderFulfilment)).Id, refused.Entry!.Profile);
    }

    private static Policy Blocking() => APolicy.With(document => document["blocked_identifiers"]!.AsArray().Add(new JsonObject
    {
        ["id"] = "tills",
        ["kind"] = "EMAIL",
        ["values"] = new JsonArray("till@shop.example"),
        ["reason"] = "Sent by tills",
    }));

    private static ConsentDraft Refusal(params Identifier[] by) => An.Consent(Purpose.Profiling, by[0]) with { State = ConsentState.Refused, Identifiers = by };

    private static async Task<Violation> RefusedAsync(Func<Task> call) =>
        Assert.Single((await Assert.ThrowsAsync<RefusalException>(call)).Violations);
}
