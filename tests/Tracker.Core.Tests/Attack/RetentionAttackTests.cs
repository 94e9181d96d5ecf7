using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Tests.Consents;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Attack;

public sealed class RetentionAttackTests : LedgerTests
{
    [Fact]
    public async Task A_line_that_becomes_special_under_a_hold_is_cut_with_the_release()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        await Tracker.RecordAsync(Basket("basket", "shirt", "tea"));
        var placed = await PlaceAsync(RetentionClass.Profiling);
        await Tracker.Products.UpsertAsync(Tracker.Caller, [An.ProductEntry("tea") with { SpecialCategory = SpecialCategory.Health }], Cancellation);
        await FollowAsync();
        await Tracker.Holds.ReleaseAsync(Tracker.Caller, placed.Hold.Id, Cancellation);
        await FollowAsync();
        await Tracker.Products.UpsertAsync(Tracker.Caller, [An.ProductEntry("tea")], Cancellation);

        Assert.Equal(["shirt"], await LinesAsync(Purpose.Profiling));
    }

    [Fact]
    public async Task A_record_that_was_deleted_by_an_objection_does_not_come_back_by_a_retry_after_a_new_consent()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        var draft = Basket("basket", "shirt") with { Purposes = [Purpose.Profiling] };
        Assert.Equal(Outcome.Accepted, (await Tracker.RecordAsync(draft)).Outcome);
        Advance(TimeSpan.FromMinutes(1));
        await ObjectAsync(Purpose.Profiling, An.Ada);
        await Tracker.ReviewAsync(An.Ada);
        Advance(TimeSpan.FromMinutes(1));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "again"));

        var again = await Tracker.RecordAsync(draft);

        Assert.NotEqual(Outcome.Accepted, again.Outcome);
        Assert.Empty((await Tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
    }

    [Fact]
    public async Task What_is_written_after_a_review_has_destroyed_a_key_is_read_again()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        await Tracker.RecordAsync(Basket("one", "shirt"));
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));
        await Tracker.ReviewAsync(An.Ada);
        Advance(TimeSpan.FromMinutes(1));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "again"));
        await Tracker.RecordAsync(Basket("two", "hat"));

        Assert.Equal(["hat"], await LinesAsync(Purpose.Profiling));
    }

    [Fact]
    public async Task A_retry_of_an_interaction_of_which_a_class_was_deleted_makes_no_key_for_it()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        var draft = Basket("one", "shirt");
        await Tracker.RecordAsync(draft);
        Advance(TimeSpan.FromMinutes(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));
        await Tracker.ReviewAsync(An.Ada);
        Advance(TimeSpan.FromMinutes(1));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "again"));
        var outcome = await Tracker.RecordAsync(draft);
        var control = await ControlAsync(An.Ada);
        var keys = (await Tracker.Store.Keys.ReadAsync(Tracker.Caller.Tenant, [control.Profile], Cancellation))[0]!;

        Assert.Equal(Outcome.Duplicate, outcome.Outcome);
        Assert.DoesNotContain(RetentionClass.Profiling, keys.Keys.Keys);
    }

    [Fact]
    public async Task What_a_check_permits_the_write_keeps_and_what_it_denies_the_write_denies()
    {
        var medium = ContactChannel.Email;
        List<string> differences = [];
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        List<(string Name, Func<Task> Step)> steps =
        [
            ("consent", () => RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "p1"))),
            ("marketing", () => RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now, "m1"))),
            ("objection mail", () => ObjectAsync(Purpose.DirectMarketing, An.Ada, "o1", ContactChannel.Email)),
            ("new consent", () => RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now, "m2"))),
            ("objection all", () => ObjectAsync(Purpose.DirectMarketing, An.Ada, "o2")),
            ("new consent sms", () => RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, Now, "m3", ContactChannel.Sms))),
            ("profiling objection", () => ObjectAsync(Purpose.Profiling, An.Ada, "o3")),
            ("profiling again", () => RecordAsync(An.Consent(Purpose.Profiling, An.Ada, Now, "p2"))),
            ("withdraw", () => WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada, Now, "w"))),
        ];
        var i = 0;
        foreach (var (name, step) in steps)
        {
            Advance(TimeSpan.FromMinutes(1));
            await step();
            Advance(TimeSpan.FromMinutes(1));
            foreach (var purpose in new[] { Purpose.Profiling, Purpose.Personalisation, Purpose.Analytics })
            {
                var may = await MayAsync(purpose, An.Ada);
                var outcome = await Tracker.RecordAsync(An.PageView($"v{i++}", An.Ada, Now, purpose));
                if (may != outcome.Outcome is Outcome.Accepted or Outcome.AcceptedStripped)
                {
                    differences.Add($"{name} {purpose} may={may} write={outcome.Outcome} {outcome.Reason}");
                }
            }

            foreach (var channel in new[] { medium, ContactChannel.Sms })
            {
                var may = await MayAsync(Purpose.DirectMarketing, An.Ada, channel);
                var outcome = await Tracker.RecordAsync(An.Newsletter($"n{i++}", An.Ada, Now) with { Purposes = [Purpose.DirectMarketing], ContactChannel = channel });
                if (may != outcome.Outcome is Outcome.Accepted or Outcome.AcceptedStripped)
                {
                    differences.Add($"{name} {channel} may={may} write={outcome.Outcome} {outcome.Reason}");
                }
            }
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mail_on_a_soft_opt_in_is_permitted_by_the_check_exactly_where_its_record_is_kept(bool offersOptOut)
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

        Assert.Equal((offersOptOut, offersOptOut), (may.IsPermitted, kept.Outcome is Outcome.Accepted or Outcome.AcceptedStripped));
    }

    private InteractionDraft Basket(string id, params string[] products) => An.Receipt(id, An.Ada, Now) with
    {
        Purposes = [Purpose.AccountingTax, Purpose.Profiling],
        Content = new() { Commerce = new() { Lines = [.. products.Select(product => new CommerceLine { ProductId = product, Quantity = 1 })] } },
    };

    private async Task<IEnumerable<string?>> LinesAsync(Purpose purpose) =>
        (await Tracker.TimelineAsync(An.Ada, purpose)).Items.SelectMany(item => item.Content.Commerce?.Lines ?? []).Select(line => line.ProductId);

    private async Task<HoldPlaced> PlaceAsync(RetentionClass member) => await Tracker.Holds.PlaceAsync(
        Tracker.Caller,
        new LegalHoldDraft { Id = "case-1", Kind = HoldKind.Litigation, Profiles = [(await ControlAsync(An.Ada)).Profile], Classes = RetentionClasses.Of([member]), ApprovedBy = "LEGAL-7", ReviewAt = Now.AddMonths(6) },
        Cancellation);

    private async Task FollowAsync()
    {
        await Tracker.Rollout.AdvanceAsync(Cancellation);
        Advance(TimeSpan.FromMinutes(3));
        await Tracker.Rollout.AdvanceAsync(Cancellation);
        await Tracker.Rollout.AdvanceAsync(Cancellation);
        await Tracker.Reviews.ReviewAsync(Cancellation);
    }
}
