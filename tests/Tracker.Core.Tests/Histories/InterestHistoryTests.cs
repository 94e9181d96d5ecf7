using CsCheck;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Random histories of a customer who is written to on a legitimate interest, objects, consents and withdraws, in any order of arrival.</summary>
public sealed class InterestHistoryTests : IAsyncLifetime
{
    private static readonly Gen<PostAct> AnAct = Gen.Select(
        Gen.Frequency((4, Gen.Const(PostKind.Letter)), (1, Gen.Const(PostKind.Object)), (1, Gen.Const(PostKind.Give)), (1, Gen.Const(PostKind.Withdraw))),
        Gen.Int[1, 12],
        Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[1, 12])),
        (kind, at, delay) => new PostAct(kind, at, delay));

    private TestTracker _tracker = null!;
    private int _people;

    private enum PostKind
    {
        Give,
        Withdraw,
        Object,
        Letter,
    }

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("DIRECT_MARKETING")));
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-021")]
    [Trait("Compliance", "R-076")]
    public async Task A_letter_is_kept_exactly_where_nothing_that_is_known_bars_it() => await SampleAsync(async acts =>
    {
        var (kept, _) = await PlayAsync(acts);

        Assert.Equal(Places(acts, place => MayKeep(acts, acts[place], acts[place].Arrival)), kept.Order());
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Compliance", "R-076")]
    public async Task What_is_read_later_has_no_objection_against_it_and_came_after_no_refusal(bool isReviewed) => await SampleAsync(async acts =>
    {
        var (kept, readable) = await PlayAsync(acts, isReviewed);

        Assert.Subset(kept, readable);
        Assert.All(readable, place => Assert.False(IsObjectedTo(acts, acts[place], int.MaxValue) || (IsRefused(acts, acts[place].At, int.MaxValue) && !IsConsented(acts, acts[place], int.MaxValue))));
    });

    [Fact]
    [Trait("Compliance", "E17")]
    public async Task Another_order_of_arrival_leaves_the_same_to_read_or_less() => await SampleAsync(async acts =>
    {
        var late = await PlayAsync(acts, isReviewed: true);
        var prompt = await PlayAsync([.. acts.Select(act => act with { Delay = 0 })], isReviewed: true);

        Assert.Subset(prompt.Readable, late.Readable);
    });

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task A_letter_on_the_interest_that_was_named_beside_a_known_consent_stays_when_that_is_withdrawn()
    {
        var now = _tracker.Time.GetUtcNow();
        await _tracker.RecordAsync(An.Receipt("bought", An.Ada, now));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, now, "yes", ContactChannel.Post), CancellationToken.None);
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        await _tracker.RecordAsync(Letter("named/1", An.Ada, now.AddHours(1)) with { LegalBasis = LegalBasis.LegitimateInterest });
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, now.AddHours(2), "no"), CancellationToken.None);

        await _tracker.ReviewAsync(An.Ada);

        Assert.Single(await _tracker.RecordsAsync(An.Ada), record => record.Type == "offer.sent");
    }

    private static Task SampleAsync(Func<PostAct[], Task> check) => AnAct.Array[1, 9].SampleAsync(check, iter: 100, threads: 1, print: acts => string.Join("; ", acts.Select((act, place) => $"{place} {act}")));

    private static IEnumerable<int> Places(PostAct[] acts, Func<int, bool> isMeant) => Enumerable.Range(0, acts.Length).Where(place => acts[place].Kind == PostKind.Letter && isMeant(place));

    private static bool MayKeep(PostAct[] acts, PostAct letter, int knownAt) =>
        !IsObjectedTo(acts, letter, knownAt) && (IsConsented(acts, letter, knownAt) || !(IsRefused(acts, knownAt, knownAt) || IsRefused(acts, letter.At, knownAt) || HasIntervened(acts, letter, knownAt)));

    private static bool HasIntervened(PostAct[] acts, PostAct letter, int knownAt) => Known(acts, PostKind.Withdraw, knownAt).Any(no => no.At >= letter.At && no.At <= knownAt);

    /// <summary>It stands until a newer yes, and at any time from the letter on it bars it.</summary>
    private static bool IsObjectedTo(PostAct[] acts, PostAct letter, int knownAt) => Known(acts, PostKind.Object, knownAt).Any(objection =>
        !Known(acts, PostKind.Give, knownAt).Any(yes => yes.At > objection.At && yes.At <= letter.At));

    private static bool IsConsented(PostAct[] acts, PostAct letter, int knownAt) => Known(acts, PostKind.Give, knownAt).Any(yes => yes.At <= letter.At && !IsEnded(acts, yes, knownAt));

    /// <summary>A withdrawal that no yes since has taken back that counts at that hour.</summary>
    private static bool IsRefused(PostAct[] acts, int at, int knownAt) => Known(acts, PostKind.Withdraw, knownAt).Any(no =>
        no.At <= at && !Known(acts, PostKind.Give, knownAt).Any(yes => yes.At > no.At && yes.At <= at && !IsEnded(acts, yes, knownAt, at)));

    private static bool IsEnded(PostAct[] acts, PostAct yes, int knownAt, int by = int.MaxValue) =>
        Known(acts, PostKind.Withdraw, knownAt).Concat(Known(acts, PostKind.Object, knownAt)).Any(end => end.At >= yes.At && end.At <= by);

    private static IEnumerable<PostAct> Known(PostAct[] acts, PostKind kind, int knownAt) => acts.Where(act => act.Kind == kind && act.Arrival <= knownAt);

    private async Task<(HashSet<int> Kept, HashSet<int> Readable)> PlayAsync(PostAct[] acts, bool isReviewed = false)
    {
        var person = new Identifier(IdentifierKind.Email, $"customer{_people++}@example.com");
        var start = _tracker.Time.GetUtcNow();
        await _tracker.RecordAsync(An.Receipt($"{person.Value}-bought", person, start));
        HashSet<int> kept = [];
        foreach (var (act, place) in acts.Select((act, place) => (act, place)).OrderBy(pair => pair.act.Arrival).ThenBy(pair => pair.act.Kind))
        {
            TurnTo(start.AddHours(act.Arrival));
            kept.UnionWith(await DoAsync(act, place, person, start.AddHours(act.At)) ? [place] : []);
        }

        if (isReviewed)
        {
            await _tracker.ReviewAsync(person);
        }

        var items = (await _tracker.TimelineAsync(person, Purpose.DirectMarketing)).Items;
        HashSet<int> readable = [.. items.Select(item => int.Parse(item.MessageId.AsSpan(item.MessageId.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture))];
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        return (kept, readable);
    }

    /// <returns>Whether it is a letter that was kept.</returns>
    private async Task<bool> DoAsync(PostAct act, int place, Identifier person, DateTimeOffset at)
    {
        var id = $"{person.Value}/{place}";
        switch (act.Kind)
        {
            case PostKind.Give:
                await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, person, at, id, ContactChannel.Post), CancellationToken.None);
                return false;
            case PostKind.Withdraw:
                await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, person, at, id), CancellationToken.None);
                return false;
            case PostKind.Object:
                await _tracker.Objections.ObjectAsync(_tracker.Caller, new() { RequestId = id, Profile = new(null, person), Purpose = Purpose.DirectMarketing, ObjectedAt = at }, CancellationToken.None);
                return false;
            default:
                var outcome = await _tracker.RecordAsync(Letter(id, person, at));
                return outcome.Grants.Any(grant => grant.Purpose == Purpose.DirectMarketing);
        }
    }

    private static InteractionDraft Letter(string id, Identifier person, DateTimeOffset at) =>
        An.Newsletter(id, by: person, at: at) with { Type = "offer.sent", ContactChannel = ContactChannel.Post, Purposes = [Purpose.DirectMarketing] };

    private void TurnTo(DateTimeOffset instant)
    {
        if (instant > _tracker.Time.GetUtcNow())
        {
            _tracker.Time.SetUtcNow(instant);
        }
    }

    private sealed record PostAct(PostKind Kind, int At, int Delay)
    {
        public int Arrival => At + Delay;
    }
}
