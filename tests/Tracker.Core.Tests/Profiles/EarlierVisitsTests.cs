using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

/// <summary>Visits from before somebody named themselves on the machine (E10).</summary>
public sealed class EarlierVisitsTests : IAsyncLifetime
{
    private static readonly Identifier Cookie = new(IdentifierKind.Cookie, "cookie-of-the-house");
    private static readonly Identifier Device = new(IdentifierKind.Device, "telephone");

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice() with { Scope = An.Notice().Scope with { LinksEarlierVisits = true } }, Cancellation);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice() with { Id = "silent" }, Cancellation);
        await ConsentAsync(Purpose.Profiling, Cookie, "banner");
        await ConsentAsync(Purpose.Analytics, Cookie, "counting");
        await VisitAsync("visit", Cookie);
        await _tracker.RecordAsync(An.Receipt("login") with { Identifiers = [Cookie, An.Ada] });
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E10")]
    public async Task They_are_read_with_the_person_for_the_purpose_that_consented_to_it()
    {
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");

        Assert.Equal(["visit"], await SeenAsync(Purpose.Profiling));
        Assert.Empty(await SeenAsync(Purpose.Analytics));
        Assert.Equal(1, (await _tracker.Summaries.SummariseAsync(_tracker.Caller, new(null, An.Ada), Purpose.Profiling, Cancellation)).Count);
    }

    [Fact]
    [Trait("Compliance", "E10")]
    public async Task By_default_and_under_a_notice_that_does_not_tell_of_it_they_are_not()
    {
        var before = await SeenAsync(Purpose.Profiling);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, _tracker.Time.GetUtcNow(), "ada") with { NoticeId = "silent" }, Cancellation);

        Assert.Empty(before);
        Assert.Empty(await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E10")]
    [Trait("Compliance", "R-037")]
    public async Task Once_the_consent_is_withdrawn_they_are_not_any_more()
    {
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada, _tracker.Time.GetUtcNow()), Cancellation);

        Assert.Empty(await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E10")]
    public async Task What_the_visitor_took_back_is_not_read_by_the_person_either()
    {
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");
        var visitor = (await _tracker.Store.Profiles.FindAsync(_tracker.Caller.Tenant, (await VisitKeyAsync()), Cancellation))[0].Profile;

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada, _tracker.Time.GetUtcNow()) with { Profile = new(visitor, null) }, Cancellation);

        Assert.Empty(await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Once_anybody_else_was_named_on_the_machine_they_are_nobody_s()
    {
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");
        await ConsentAsync(Purpose.Profiling, An.Bob, "bob");

        await _tracker.RecordAsync(An.Receipt("other") with { Identifiers = [Cookie, An.Bob] });
        var whileBobHasIt = (await SeenAsync(Purpose.Profiling), await SeenAsync(Purpose.Profiling, An.Bob));
        await _tracker.RecordAsync(An.Receipt("back") with { Identifiers = [Cookie, An.Ada] });

        Assert.Empty(whileBobHasIt.Item1);
        Assert.Empty(whileBobHasIt.Item2);
        Assert.Empty(await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Somebody_who_had_the_machine_for_a_moment_of_one_micro_batch_counts_too()
    {
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");

        await _tracker.RecordAsync(
            An.Receipt("1") with { Identifiers = [Cookie, An.Bob] },
            An.Receipt("2") with { Identifiers = [Cookie, An.Ada] });

        Assert.Equal(await ProfileOfAsync(An.Ada), await ProfileOfAsync(Cookie));
        Assert.Empty(await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task A_visitor_who_was_seen_on_the_machine_of_somebody_else_may_be_that_one()
    {
        await ConsentAsync(Purpose.Profiling, Device, "app");
        var other = new Identifier(IdentifierKind.Cookie, "cookie-2");
        await VisitAsync("both", Device, other);
        await _tracker.RecordAsync(An.Receipt("ada") with { Identifiers = [other, An.Ada] });
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");
        var before = await SeenAsync(Purpose.Profiling);

        await _tracker.RecordAsync(An.Receipt("bob") with { Identifiers = [Device, An.Bob] });

        Assert.Equal(["both", "visit"], before.Order());
        Assert.Equal(["visit"], await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Somebody_else_who_was_named_on_the_machine_under_another_version_of_the_key_counts_too()
    {
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");
        BeginKey();

        await _tracker.RecordAsync(An.Receipt("other") with { Identifiers = [Cookie, An.Bob] });

        Assert.Empty(await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Somebody_who_had_the_machine_for_a_moment_under_another_version_of_the_key_counts_too()
    {
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");
        BeginKey();

        await _tracker.RecordAsync(
            An.Receipt("1") with { Identifiers = [Cookie, An.Bob] },
            An.Receipt("2") with { Identifiers = [Cookie, An.Ada] });

        Assert.Equal(await ProfileOfAsync(An.Ada), await ProfileOfAsync(Cookie));
        Assert.Empty(await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E10")]
    public async Task They_are_the_person_s_under_another_version_of_the_key_too()
    {
        BeginKey();
        await _tracker.RecordAsync(An.Receipt("again") with { Identifiers = [Cookie, An.Ada] });
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");

        Assert.Equal(["visit"], await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Somebody_else_who_decides_on_the_machine_was_named_on_it()
    {
        await ConsentAsync(Purpose.Profiling, An.Ada, "ada");

        await ConsentAsync(Purpose.Analytics, An.Bob, "bob", Cookie);

        Assert.Empty(await SeenAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E10")]
    public async Task They_are_read_with_whoever_named_themselves_by_that_very_consent()
    {
        await ConsentAsync(Purpose.Profiling, Device, "app");
        await VisitAsync("on-device", Device);

        await ConsentAsync(Purpose.Profiling, An.Bob, "bob", Device);

        Assert.Equal(["on-device"], await SeenAsync(Purpose.Profiling, An.Bob));
    }

    /// <summary>The tenant has a second version of its key from now on.</summary>
    private void BeginKey()
    {
        _tracker.Keys.Add(_tracker.Caller.Tenant, _tracker.Time.GetUtcNow().AddMinutes(1));
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private Task<ConsentAppended> ConsentAsync(Purpose purpose, Identifier by, string id, params Identifier[] machines) => _tracker.Ledger.RecordAsync(
        _tracker.Caller,
        An.Consent(purpose, by, _tracker.Time.GetUtcNow(), id) with { Identifiers = [by, .. machines] },
        Cancellation);

    private async Task VisitAsync(string id, params Identifier[] by) => Assert.Equal(
        Outcome.Accepted,
        (await _tracker.RecordAsync(An.PageView(id, by[0], _tracker.Time.GetUtcNow(), Purpose.Profiling) with { Identifiers = by })).Outcome);

    private async Task<IReadOnlyList<string>> SeenAsync(Purpose purpose, Identifier? who = null) =>
        [.. (await _tracker.TimelineAsync(who ?? An.Ada, purpose)).Items.Select(item => item.MessageId)];

    private async Task<ProfileId> ProfileOfAsync(Identifier identifier) => (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, identifier), Cancellation)).Profile;

    private async Task<InteractionKey> VisitKeyAsync() => Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items).Record.Key;
}
