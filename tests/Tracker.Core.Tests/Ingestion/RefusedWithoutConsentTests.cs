using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>Who said no is not written to on an interest, whether or not a consent is known (EDPB 05/2020, 6; R-021).</summary>
public sealed class RefusedWithoutConsentTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(policy: APolicy.With(document => document["assessments"]!.AsArray().Add(Policies.Gates.Ask.Assessment("DIRECT_MARKETING", "2020-01-01", "2060-01-01", "POST"))));
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData("withdrawn")]
    [InlineData("refused")]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "E38")]
    public async Task Who_said_no_to_letters_gets_none_on_an_interest(string how)
    {
        var before = await _tracker.RecordAsync(Letter("before"));
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await NoAsync(how, _tracker.Time.GetUtcNow());

        var after = await _tracker.RecordAsync(Letter("after"));

        Assert.Equal((Outcome.Accepted, Outcome.Denied, Reason.BasisSwapForbidden), (before.Outcome, after.Outcome, after.Reason));
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    public async Task A_consent_of_the_person_s_own_since_then_lifts_it()
    {
        await NoAsync("withdrawn", _tracker.Time.GetUtcNow());
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, _tracker.Time.GetUtcNow(), channels: ContactChannel.Post), CancellationToken.None);

        Assert.Equal(Outcome.Accepted, (await _tracker.RecordAsync(Letter("after"))).Outcome);
    }

    [Fact]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "R-037")]
    public async Task A_no_that_arrives_late_ends_what_was_kept_on_the_interest_since_then_and_leaves_what_was_kept_before()
    {
        await _tracker.RecordAsync(Letter("before"));
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        var said = _tracker.Time.GetUtcNow();
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        await _tracker.RecordAsync(Letter("after"));
        await NoAsync("withdrawn", said);

        await _tracker.ReviewAsync(An.Ada);
        await _tracker.AdvanceToAsync(_tracker.Time.GetUtcNow().AddHours(2));

        var letter = Assert.Single(await _tracker.RecordsAsync(An.Ada), record => record.Type == "offer.sent");
        Assert.Equal(TestTracker.Noon, letter.OccurredAt);
    }

    private Task<ConsentAppended> NoAsync(string how, DateTimeOffset at) => how == "withdrawn"
        ? _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, at), CancellationToken.None)
        : _tracker.Ledger.RecordAsync(_tracker.Caller, An.Online(Purpose.DirectMarketing, An.Ada, at, "no", ContactChannel.Post) with { State = ConsentState.Refused }, CancellationToken.None);

    private InteractionDraft Letter(string id) => An.Order(id, An.Ada, _tracker.Time.GetUtcNow()) with
    {
        Type = "offer.sent",
        ContactChannel = ContactChannel.Post,
        LegalBasis = LegalBasis.LegitimateInterest,
        Content = new(),
    };
}
