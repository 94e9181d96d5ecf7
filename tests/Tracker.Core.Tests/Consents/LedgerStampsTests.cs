using CsCheck;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class LedgerStampsTests
{
    private static readonly DateTimeOffset Noon = A.Noon;
    private static readonly Policy Policy = PolicyRegister.LoadShipped(PolicyRegister.DefaultProfile);

    private static readonly ConsentState[] States = [ConsentState.Given, ConsentState.Refused, ConsentState.Withdrawn, ConsentState.Objected];
    private static readonly ContactChannel[] Media = [ContactChannel.Email, ContactChannel.Sms];

    private static readonly Gen<ConsentEntry> AnEntry = Gen.Select(Gen.Int[0, States.Length - 1].Select(place => States[place]), Gen.Int[0, 20], Gen.Int[0, 40], Gen.Int[0, 3], Gen.Guid, Gen.Int[0, 5])
        .Select((state, days, late, media, id, behind) => Late(Entry(state, days, [.. Media.Where((_, place) => (media & (1 << place)) != 0)]), late) with
        {
            Id = new(id),
            AtLatest = state == ConsentState.Given || behind == 0 ? null : Noon.AddDays(days + behind),
        });

    [Fact]
    public void Proof_of_a_standing_consent_has_no_end_and_that_of_an_ended_one_five_years()
    {
        var given = Entry(ConsentState.Given, 0, Media);

        Assert.Null(Stamps(given)[given.Id]);
        Assert.Equal(Noon.AddDays(3).AddYears(5), Stamps(given, Entry(ConsentState.Withdrawn, 3))[given.Id]);
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public void What_bounds_a_standing_consent_is_kept_as_long_or_its_deletion_would_widen_it()
    {
        var given = Entry(ConsentState.Given, 0, Media);
        var partial = Entry(ConsentState.Withdrawn, 3, ContactChannel.Sms);
        var whole = Entry(ConsentState.Withdrawn, 9);

        Assert.Null(Stamps(given, partial)[partial.Id]);
        Assert.Equal(Noon.AddDays(9).AddYears(5), Stamps(given, partial, whole)[partial.Id]);
    }

    [Theory]
    [InlineData(ConsentState.Withdrawn)]
    [InlineData(ConsentState.Refused)]
    [InlineData(ConsentState.RevokedByController)]
    [Trait("Compliance", "R-040")]
    public void Proof_of_an_end_that_arrives_late_is_kept_for_five_years_after_that_end(ConsentState state)
    {
        var end = Late(Entry(state, 3), 15);

        Assert.Equal(Noon.AddDays(3).AddYears(5), Stamps(Entry(ConsentState.Given, 0, Media), end)[end.Id]);
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public void Proof_of_an_end_is_kept_for_five_years_after_the_latest_it_may_have_been()
    {
        var end = Late(Entry(ConsentState.Withdrawn, 3), 15) with { AtLatest = Noon.AddDays(4) };

        Assert.Equal(Noon.AddDays(4).AddYears(5), Stamps(end)[end.Id]);
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public void Proof_of_a_void_consent_is_kept_for_five_years_after_it_was_found_void()
    {
        var given = Entry(ConsentState.Given, 2, Media);
        var found = Late(Entry(ConsentState.Invalidated, 2), 15) with { RefersTo = given.Id };

        var stamps = Stamps(given, found);

        Assert.Equal((Noon.AddDays(17).AddYears(5), Noon.AddDays(17).AddYears(5)), (stamps[given.Id], stamps[found.Id]));
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public void A_second_finding_never_shortens_how_long_the_proof_of_a_void_consent_is_kept()
    {
        var given = Entry(ConsentState.Given, 2, Media);
        var first = Late(Entry(ConsentState.Invalidated, 2), 15) with { RefersTo = given.Id };
        var second = Entry(ConsentState.Invalidated, 20) with { RefersTo = given.Id };

        Assert.Equal(Noon.AddDays(20).AddYears(5), Stamps(given, second, first)[given.Id]);
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public void An_entry_in_the_register_is_kept_for_the_calls_that_it_cancels_and_for_no_other_consent()
    {
        var profiling = Entry(ConsentState.Given, 2, ContactChannel.PhoneOperator) with { Purpose = Purpose.Profiling };
        var calls = Entry(ConsentState.Given, 2, ContactChannel.PhoneOperator);
        var listed = Entry(ConsentState.Checked, 3, ContactChannel.PhoneOperator, ContactChannel.AutoCall) with { Kind = LedgerKind.RegisterCheck, ListedSince = Noon.AddDays(3) };

        Assert.NotNull(Stamps(profiling, listed)[listed.Id]);
        Assert.Null(Stamps(calls, listed)[listed.Id]);
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public void Proof_of_an_objection_is_kept_for_as_long_as_that_of_the_consent_that_took_it_back()
    {
        var objection = Late(Entry(ConsentState.Objected, 3, ContactChannel.Email), 15);

        Assert.Equal(Noon.AddDays(9).AddYears(5), Stamps(objection, Entry(ConsentState.Given, 6, Media), Entry(ConsentState.Withdrawn, 9))[objection.Id]);
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public void An_end_that_arrives_late_is_kept_for_as_long_as_it_bounds_what_stands()
    {
        var given = Entry(ConsentState.Given, 0, Media);
        var partial = Late(Entry(ConsentState.Withdrawn, 3, ContactChannel.Sms), 15);

        Assert.Null(Stamps(given, partial)[partial.Id]);
    }

    [Fact]
    public void A_withdrawal_lives_on_with_an_older_consent_that_arrives_after_it()
    {
        var withdrawal = Entry(ConsentState.Withdrawn, 3, ContactChannel.Sms);

        var changes = LedgerStamps.Changes([withdrawal with { ExpireAt = Noon.AddYears(5) }], Stamps(withdrawal), Stamps(withdrawal, Entry(ConsentState.Given, 0, Media)));

        Assert.Equal((withdrawal.Id, (DateTimeOffset?)null), changes.Select(change => (change.Key, change.Value)).Single());
    }

    [Fact]
    public void Deleting_what_has_reached_its_end_never_gives_a_permission_back() => AnEntry.Array[1, 7].Sample(entries =>
    {
        var stamps = Stamps(entries);
        var ends = stamps.Values.OfType<DateTimeOffset>().Where(end => end < Noon.AddYears(9)).Distinct().Append(Noon.AddYears(9));
        var before = Permitted(entries, Noon.AddDays(21));

        return ends.All(now => Permitted([.. entries.Where(entry => stamps[entry.Id] is not { } end || end > now)], now).IsSubsetOf(before));
    });

    [Fact]
    public void The_order_of_arrival_does_not_matter_to_what_is_permitted_nor_to_how_long_it_is_kept() => Gen.Select(AnEntry.Array[1, 7], Gen.Int).Sample((entries, seed) =>
    {
        var shuffled = entries.ToArray();
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(Permitted(entries, Noon.AddDays(21)).Order(), Permitted(shuffled, Noon.AddDays(21)).Order());
        Assert.Equal(Sorted(Stamps(entries)), Sorted(Stamps(shuffled)));
    });

    private static IReadOnlyDictionary<ConsentId, DateTimeOffset?> Stamps(params ConsentEntry[] entries) => LedgerStamps.Of(entries, [], isLeased: false, Policy, Noon.AddDays(21));

    private static IEnumerable<(Guid, DateTimeOffset?)> Sorted(IReadOnlyDictionary<ConsentId, DateTimeOffset?> stamps) =>
        stamps.Select(stamp => (stamp.Key.Value, stamp.Value)).OrderBy(stamp => stamp.Item1);

    private static HashSet<ContactChannel> Permitted(IReadOnlyList<ConsentEntry> entries, DateTimeOffset now)
    {
        var history = ConsentHistory.Fold(entries, Activity.None);
        return [.. Media.Where(channel =>
            history.Consents.Any(span => span.ContactChannel == channel && span.From <= now && now < span.Until)
            && !history.Objections.Any(span => (span.ContactChannel == channel || span.ContactChannel == ContactChannel.Unspecified) && now < span.Until))];
    }

    private static ConsentEntry Late(ConsentEntry entry, int days) => entry with { RecordedAt = entry.EffectiveAt.AddDays(days) };

    private static ConsentEntry Entry(ConsentState state, int days, params ContactChannel[] channels) => A.Consent(A.Ada) with
    {
        Id = new(Guid.CreateVersion7()),
        Kind = state == ConsentState.Objected ? LedgerKind.Objection : LedgerKind.Consent,
        State = state,
        ContactChannels = state == ConsentState.Given && channels.Length == 0 ? Media : channels,
        EffectiveAt = Noon.AddDays(days),
        RecordedAt = Noon.AddDays(days),
        ValidUntil = null,
        Evidence = null,
    };
}
