using CsCheck;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Tests.Consents;

public sealed class ConsentHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Late_arriving_older_grant_does_not_undo_a_withdrawal()
    {
        var spans = Fold([Entry(ConsentState.Withdrawn, Noon), Entry(ConsentState.Given, Noon.AddHours(-1))]);

        Assert.Equal(Noon, Assert.Single(spans).Until);
    }

    [Fact]
    public void A_grant_after_a_withdrawal_counts()
    {
        var spans = Fold([Entry(ConsentState.Withdrawn, Noon), Entry(ConsentState.Given, Noon.AddHours(1))]);

        Assert.Equal(Noon.AddHours(1).AddYears(2), Assert.Single(spans).Until);
    }

    [Fact]
    public void Grant_and_withdrawal_at_the_same_instant_leave_nothing()
    {
        var span = Assert.Single(Fold([Entry(ConsentState.Given, Noon), Entry(ConsentState.Withdrawn, Noon)]));

        Assert.Equal(span.From, span.Until);
        Assert.True(span.End == SpanEnd.Withdrawn);
    }

    [Fact]
    public void Withdrawing_one_medium_leaves_the_other()
    {
        var spans = Fold([
            Entry(ConsentState.Given, Noon, ContactChannel.Email, ContactChannel.Sms),
            Entry(ConsentState.Withdrawn, Noon.AddDays(1), ContactChannel.Sms)]);

        Assert.Equal(Noon.AddDays(1), spans.Single(span => span.ContactChannel == ContactChannel.Sms).Until);
        Assert.Equal(Noon.AddYears(2), spans.Single(span => span.ContactChannel == ContactChannel.Email).Until);
    }

    [Fact]
    public void A_withdrawal_of_one_purpose_leaves_another()
    {
        var spans = Fold([Entry(ConsentState.Given, Noon), Entry(ConsentState.Withdrawn, Noon.AddDays(1)) with { Purpose = Purpose.Profiling }]);

        Assert.False(Assert.Single(spans).End == SpanEnd.Withdrawn);
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter()
    {
        var entry = Gen.Select(Gen.Enum<ConsentState>(), Gen.Int[0, 20], Gen.Enum<ContactChannel>().Array[0, 2])
            .Select((state, hours, channels) => Entry(state, Noon.AddHours(hours), [.. channels.Distinct().Where(channel => channel != ContactChannel.Unspecified)]));

        Gen.Select(entry.Array[0, 6], Gen.Int).Sample((entries, seed) =>
        {
            var shuffled = entries.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Sorted(Fold(entries)).SequenceEqual(Sorted(Fold(shuffled)));
        });
    }

    private static IReadOnlyList<ConsentSpan> Fold(params IReadOnlyList<ConsentEntry> entries) => ConsentHistory.Fold(entries, Activity.None).Consents;

    private static IEnumerable<ConsentSpan> Sorted(IEnumerable<ConsentSpan> spans) =>
        spans.OrderBy(span => span.From).ThenBy(span => span.ContactChannel).ThenBy(span => span.Id.Value);

    private static ConsentEntry Entry(ConsentState state, DateTimeOffset at, params ContactChannel[] channels) => new()
    {
        Id = ConsentId.New(at),
        Tenant = new("t"),
        Profile = ProfileId.New(Noon),
        Source = new("s"),
        RequestHash = 1,
        Purpose = Purpose.DirectMarketing,
        ContactChannels = channels,
        State = state,
        EffectiveAt = at,
        RecordedAt = at,
        ValidUntil = at.AddYears(2),
        ExpireAt = at.AddYears(7),
    };
}
