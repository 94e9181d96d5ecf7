using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>What the check permits the write keeps, and what it denies the write denies.</summary>
public sealed class CheckedWriteTests : LedgerTests
{
    private int _written;

    [Fact]
    [Trait("Compliance", "R-036")]
    [Trait("Compliance", "R-076")]
    public async Task After_each_word_of_the_person_check_and_write_agree_on_every_purpose_and_medium()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        List<string> differences = [];
        Func<Task>[] words =
        [
            () => RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "p1")),
            () => RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now, "m1")),
            () => ObjectAsync(Purpose.DirectMarketing, An.Ada, "o1", ContactChannel.Email),
            () => RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now, "m2")),
            () => ObjectAsync(Purpose.DirectMarketing, An.Ada, "o2"),
            () => RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now, "m3", ContactChannel.Sms)),
            () => ObjectAsync(Purpose.Profiling, An.Ada, "o3"),
            () => RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "p2")),
            () => WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now, "w")),
        ];

        foreach (var word in words)
        {
            Advance(TimeSpan.FromMinutes(1));
            await word();
            Advance(TimeSpan.FromMinutes(1));
            foreach (var purpose in new[] { Purpose.Profiling, Purpose.Personalisation, Purpose.Analytics })
            {
                differences.AddRange(await CompareAsync(An.PageView(Next(), An.Ada, Now, purpose)));
            }

            foreach (var medium in new[] { ContactChannel.Email, ContactChannel.Sms })
            {
                differences.AddRange(await CompareAsync(An.Newsletter(Next(), An.Ada, Now) with { Purposes = [Purpose.DirectMarketing], ContactChannel = medium }));
            }
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-156")]
    public async Task A_mail_on_a_soft_opt_in_is_permitted_exactly_where_its_record_is_kept(bool offersOptOut)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await Tracker.Contacts.NoteSoftOptInAsync(Tracker.Caller, An.SoftOptIn(An.Ada), Cancellation);
        MessageTerms terms = new(IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: offersOptOut);
        Advance(TimeSpan.FromMinutes(1));

        var may = await Tracker.Permissions.CheckAsync(
            Tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Email, Message = terms }, Cancellation);
        var kept = await Tracker.RecordAsync(An.PageView("mail", An.Ada, Now, Purpose.DirectMarketing) with
        {
            Type = "email.sent",
            Channel = Channel.Email,
            ContactChannel = ContactChannel.Email,
            Message = terms,
            Content = new() { Online = new() { Campaign = new() { CampaignId = "spring" } } },
        });

        Assert.Equal((offersOptOut, offersOptOut), (may.IsPermitted, IsKept(kept)));
    }

    private static bool IsKept(InteractionOutcome outcome) => outcome.Outcome is Outcome.Accepted or Outcome.AcceptedStripped;

    private string Next() => $"{++_written}";

    private async Task<IEnumerable<string>> CompareAsync(InteractionDraft draft)
    {
        var may = await MayAsync(draft.Purposes[0], An.Ada, draft.ContactChannel);
        var written = await Tracker.RecordAsync(draft);
        return may == IsKept(written) ? [] : [$"{draft.MessageId} {draft.Purposes[0]} {draft.ContactChannel}: may {may}, {written.Outcome} {written.Reason}"];
    }
}
