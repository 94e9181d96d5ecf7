using CsCheck;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies.History;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>
/// The fold against the rules of compliance 2.6 written down a second time, instant by instant: a gift counts at an instant
/// unless some word of the person, a finding or the controller stands against it.
/// </summary>
public sealed class LedgerOracleTests
{
    private static readonly ContactChannel[] Media = [ContactChannel.Email, ContactChannel.Sms];
    private static readonly string[] Recipients = ["", "one"];
    private static readonly DateTimeOffset Noon = A.Noon;

    private static readonly ConsentState[] States =
    [
        ConsentState.Given, ConsentState.Given, ConsentState.Renewed, ConsentState.PendingConfirmation, ConsentState.Requested, ConsentState.Refused,
        ConsentState.Withdrawn, ConsentState.RevokedByController, ConsentState.Invalidated, ConsentState.Objected, ConsentState.Checked, ConsentState.Noted,
    ];

    /// <summary>State, instant in minutes, media, recipient, age of the proof or how much later a no may have been, and which other entry it refers to.</summary>
    private static readonly Gen<ConsentEntry[]> Ledgers = Gen.Select(
        Gen.Int[0, States.Length - 1], Gen.Int[0, 6], Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 6]).Array[1, 7].Select(parts =>
        {
            var ids = parts.Select((_, place) => new ConsentId(new Guid(place + 1, 0, 0, new byte[8]))).ToArray();
            return parts.Select((part, place) => Entry(ids[place], States[part.Item1], part.Item2, part.Item3, Recipients[part.Item4], part.Item5, ids[part.Item6 % ids.Length])).ToArray();
        });

    [Fact]
    [Trait("Compliance", "R-036")]
    [Trait("Compliance", "E17")]
    [Trait("Compliance", "E18")]
    public void The_fold_says_of_every_instant_what_the_rules_say() => Ledgers.Sample(
        ledger =>
        {
            var history = ConsentHistory.Fold(ledger, Activity.None);
            foreach (var (at, medium, recipient) in Questions())
            {
                var folded = history.Consents.Any(span => !span.IsPending && span.ContactChannel == medium && span.Recipient == recipient && span.From <= at && at < span.Until);
                Assert.Equal(ledger.Any(gift => Counts(gift, ledger, at, medium, recipient)), folded);
            }
        },
        iter: 20_000);

    [Fact]
    [Trait("Compliance", "E03")]
    [Trait("Compliance", "E44")]
    public void Whatever_is_no_gift_only_restricts_whenever_it_arrives() => Gen.Select(Ledgers, Gen.Int[0, 6]).Sample(
        (ledger, place) =>
        {
            var late = ledger[place % ledger.Length];
            if (late.IsGift)
            {
                return;
            }

            var before = ConsentHistory.Fold([.. ledger.Where(entry => entry != late)], Activity.None).Consents;
            var after = ConsentHistory.Fold(ledger, Activity.None).Consents;
            Assert.All(after, span => Assert.Contains(before, old => old.Id == span.Id && old.ContactChannel == span.ContactChannel && old.From == span.From && span.Until <= old.Until));
        },
        iter: 20_000);

    private static IEnumerable<(DateTimeOffset At, ContactChannel Medium, string Recipient)> Questions() =>
        from half in Enumerable.Range(-1, 16)
        from medium in Media
        from recipient in Recipients
        select (Noon.AddSeconds(30 * half), medium, recipient);

    private static bool Counts(ConsentEntry gift, IReadOnlyList<ConsentEntry> ledger, DateTimeOffset at, ContactChannel medium, string recipient) =>
        gift.State is ConsentState.Given or ConsentState.Renewed
        && gift.ContactChannels.Contains(medium)
        && gift.Recipient == recipient
        && gift.EffectiveAt <= at
        && !ledger.Any(other => Stands(other, gift, at, medium));

    /// <summary>An end counts from its instant on, against every gift whose proof is not newer than the latest it may have been.</summary>
    private static bool Stands(ConsentEntry end, ConsentEntry gift, DateTimeOffset at, ContactChannel medium)
    {
        if (end.State == ConsentState.Invalidated)
        {
            return end.RefersTo == gift.Id || (gift.State == ConsentState.Given && gift.RefersTo is { } request && end.RefersTo == request);
        }

        var isNo = end.State is ConsentState.Refused or ConsentState.Withdrawn or ConsentState.Objected or ConsentState.RevokedByController;
        var proof = gift.Evidence!.CapturedAt < gift.EffectiveAt ? gift.Evidence.CapturedAt : gift.EffectiveAt;
        return isNo
            && (end.ContactChannels.Count == 0 || end.ContactChannels.Contains(medium))
            && (end.Recipient.Length == 0 || end.Recipient == gift.Recipient)
            && proof <= (end.AtLatest ?? end.EffectiveAt)
            && end.EffectiveAt <= at;
    }

    private static ConsentEntry Entry(ConsentId id, ConsentState state, int minutes, int media, string recipient, int age, ConsentId other) => A.Consent(A.Ada, state: state) with
    {
        Id = id,
        Kind = state switch
        {
            ConsentState.Objected => LedgerKind.Objection,
            ConsentState.Checked => LedgerKind.RegisterCheck,
            ConsentState.Noted => LedgerKind.SoftOptIn,
            _ => LedgerKind.Consent,
        },
        ContactChannels = media == 0 && state is ConsentState.Given or ConsentState.Renewed or ConsentState.PendingConfirmation ? Media : [.. Media.Where((_, place) => (media & (1 << place)) != 0)],
        Recipient = state == ConsentState.Objected ? "" : recipient,
        EffectiveAt = Noon.AddMinutes(minutes),
        RecordedAt = Noon.AddMinutes(minutes),
        ValidUntil = null,
        ConfirmBy = state == ConsentState.PendingConfirmation ? Noon.AddDays(7) : null,
        SoftOptIn = state == ConsentState.Noted ? new(true, true, true) : null,
        AtLatest = age > 0 && state is ConsentState.Refused or ConsentState.Withdrawn or ConsentState.Objected ? Noon.AddMinutes(minutes + age) : null,
        RefersTo = state is ConsentState.Invalidated ? other : null,
        Evidence = new(EvidenceKind.Voice, new string('a', 64), Noon.AddMinutes(minutes - age), "call"),
    };
}
