using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Server.Catalog;
using Tracker.Server.Consents;
using Tracker.Server.Ingestion;
using Tracker.Server.Policies;
using Tracker.Server.Profiles;
using Tracker.Server.Tests.Catalog;
using Tracker.Server.Tests.Ingestion;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Fuzzing;

/// <summary>Requests of every other call, a few bytes off a valid one, down to the store: an answer or a refusal, never a fault.</summary>
public sealed class RequestFuzzTests : IAsyncLifetime
{
    private static readonly Timestamp Noon = Sample.Noon.ToTimestamp();
    private static readonly Wire.ProfileReference Ada = new() { Identifier = new() { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" } };

    private TestTracker _tracker = null!;
    private int _answered;
    private int _refused;

    private Core.Security.Caller Caller => _tracker.Caller;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(Sample.Noon);
        await _tracker.Notices.RegisterAsync(Caller, An.Notice(), CancellationToken.None);
        await _tracker.RecordAsync(An.Order(by: An.Ada), An.Receipt() with { Identifiers = [new(IdentifierKind.Receipt, "0042-1")] });
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Counts_near_a_valid_one_are_answered_or_refused() => await FuzzAsync(
        new Wire.RecordCountsRequest { Counts = { new Wire.Count { MessageId = "c-1", Metric = "footfall", StartedAt = Noon, EndedAt = Sample.Noon.AddHours(1).ToTimestamp(), Value = 7 } } },
        async request => (await _tracker.Counts.RecordAsync(Caller, request.ToCore(), CancellationToken.None)).ToWire());

    [Fact]
    public async Task A_claim_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.ClaimReceiptRequest { Receipt = new() { Kind = Wire.IdentifierKind.Receipt, Value = "0042-1" }, Identifiers = { Ada.Identifier }, Total = new() { CurrencyCode = "EUR", Units = 21 }, ClaimedAt = Noon },
        async request => (await _tracker.Claims.ClaimAsync(Caller, request.ToCore(), CancellationToken.None)).ToClaimed());

    [Fact]
    public async Task A_notice_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.RegisterNoticeRequest
        {
            NoticeId = "terms",
            Version = "1",
            Text = "We keep …",
            Language = "it",
            EffectiveAt = Noon,
            Medium = Wire.NoticeMedium.Written,
            Purposes = { Wire.Purpose.Profiling },
            Controller = new() { Id = "demo", Name = "Demo S.p.A.", Contact = "dpo@demo.example", Address = "Via Roma 1, Milano" },
        },
        async request => (await _tracker.Notices.RegisterAsync(Caller, request.ToCore(), CancellationToken.None)).ToWire());

    [Fact]
    public async Task A_consent_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.RecordConsentRequest
        {
            RequestId = "r-1",
            Identifiers = { Ada.Identifier },
            Purpose = Wire.Purpose.DirectMarketing,
            ContactChannels = { Wire.ContactChannel.Email },
            State = Wire.ConsentState.Given,
            DecidedAt = Noon,
            NoticeId = "privacy",
            NoticeVersion = "1",
            NoticeShownAt = Noon,
            PurposeText = Proof.Words,
            Age = new() { BirthDate = new() { Year = 1980, Month = 2, Day = 29 } },
            Evidence = new()
            {
                Kind = Wire.EvidenceKind.Checkbox,
                Sha256 = new string('a', 64),
                CapturedAt = Noon,
                CapturedBy = "web",
                TextShownSha256 = Proof.Sha256(Proof.Words),
                ControlId = "box",
                Act = Wire.ConsentAct.Checked,
                DefaultChecked = false,
                Checkbox = new() { LabelSha256 = new string('b', 64), CheckedAt = Noon },
            },
        },
        async request => (await _tracker.Ledger.RecordAsync(Caller, request.ToCore(), CancellationToken.None)).Entry!.ToWire());

    [Fact]
    public async Task A_withdrawal_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.WithdrawConsentRequest { RequestId = "w-1", Profile = Ada, Purpose = Wire.Purpose.Profiling, DecidedAt = Noon },
        async request => (await _tracker.Ledger.WithdrawAsync(Caller, request.ToCore(), CancellationToken.None)).Entry!.ToWire());

    [Fact]
    public async Task An_objection_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.RecordObjectionRequest { RequestId = "o-1", Profile = Ada, Purpose = Wire.Purpose.DirectMarketing, ContactChannels = { Wire.ContactChannel.Sms }, ObjectedAt = Noon, SentAt = Noon },
        async request => (await _tracker.Objections.ObjectAsync(Caller, request.ToCore(), CancellationToken.None)).Entry!.ToWire());

    [Fact]
    public async Task A_soft_opt_in_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.RecordSoftOptInRequest { RequestId = "s-1", Identifiers = { Ada.Identifier }, Terms = new() { AddressFromSubject = true, InSale = true, Informed = true }, GivenAt = Noon, NoticeId = "privacy", NoticeVersion = "1", NoticeShownAt = Noon },
        async request => (await _tracker.Contacts.NoteSoftOptInAsync(Caller, request.ToCore(), CancellationToken.None)).Entry!.ToWire());

    [Fact]
    public async Task A_register_check_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.RecordRegisterCheckRequest { RequestId = "r-1", Profile = Ada, CheckedAt = Noon, ListedSinceAt = Noon },
        async request => (await _tracker.Contacts.NoteRegisterCheckAsync(Caller, request.ToCore(), CancellationToken.None)).Entry!.ToWire());

    [Fact]
    public async Task A_confirmation_near_a_valid_one_is_answered_or_refused()
    {
        var asked = await _tracker.Ledger.RecordAsync(Caller, An.Online(Purpose.DirectMarketing, An.Ada, Sample.Noon), CancellationToken.None);

        await FuzzAsync(
            new Wire.ConfirmConsentRequest { Token = asked.ConfirmationToken, IpAddress = "203.0.113.7", UserAgent = "Firefox", MailSentAt = Noon },
            async request => (await _tracker.Confirmations.ConfirmAsync(Caller, request.ToCore(), CancellationToken.None)).Entry!.ToWire());
    }

    [Fact]
    public async Task The_end_of_a_consent_near_a_valid_one_is_answered_or_refused()
    {
        var given = await _tracker.Ledger.RecordAsync(Caller, An.Consent(Purpose.Profiling, An.Ada, Sample.Noon), CancellationToken.None);

        await FuzzAsync(
            new Wire.CloseConsentRequest { RequestId = "e-1", Profile = Ada, ConsentId = given.Entry!.Id.ToString(), State = Wire.ConsentState.Invalidated, Reason = Wire.EndReason.Minor, AuthorityReference = "dpo-1" },
            async request => (await _tracker.Closing.CloseAsync(Caller, request.ToCore(), CancellationToken.None)).Entry!.ToWire());
    }

    [Fact]
    public async Task A_decision_on_an_objection_near_a_valid_one_is_answered_or_refused()
    {
        var objection = await _tracker.Objections.ObjectAsync(
            Caller, new() { RequestId = "o", Profile = new(null, An.Ada), Purpose = Purpose.FraudSecurity }, CancellationToken.None);

        await FuzzAsync(
            new Wire.DecideObjectionRequest { RequestId = "d-1", Profile = Ada, ObjectionId = objection.Entry!.Id.ToString(), Decision = Wire.ConsentState.ObjectionRejected, GroundsReference = "case-1" },
            async request => (await _tracker.Objections.DecideAsync(Caller, request.ToCore(), CancellationToken.None)).Entry!.ToWire());
    }

    [Fact]
    public async Task Questions_to_the_ledger_near_valid_ones_are_answered_or_refused()
    {
        var given = await _tracker.Ledger.RecordAsync(Caller, An.Consent(Purpose.Profiling, An.Ada, Sample.Noon), CancellationToken.None);

        await FuzzAsync(
            new Wire.GetConsentProofRequest { Profile = Ada, Purpose = Wire.Purpose.ConsentEvidence, ConsentId = given.Entry!.Id.ToString() },
            async request =>
            {
                var query = request.ToCore();
                return (await _tracker.Consents.GetProofAsync(Caller, query.Profile, query.Purpose, query.Consent, CancellationToken.None)).ToWire();
            });
    }

    [Fact]
    public async Task A_question_about_a_day_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.GetConsentStateRequest { Profile = Ada, Purpose = Wire.Purpose.RightsHandling, ConsentedPurpose = Wire.Purpose.Profiling, ValidAt = Noon },
        async request => (await _tracker.Consents.GetStandingAsync(Caller, request.ToCore(), CancellationToken.None)).ToWire());

    [Fact]
    public async Task A_question_whether_to_ask_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.CheckPromptRequest { Profile = Ada, Purpose = Wire.Purpose.Profiling },
        async request =>
        {
            var query = request.ToCore();
            return (await _tracker.Prompts.CheckAsync(Caller, query.Profile, query.Purpose, query.ContactChannel, CancellationToken.None)).ToWire();
        });

    [Fact]
    public async Task A_list_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.ListInteractionsRequest
        {
            Profile = Ada,
            Purpose = Wire.Purpose.OrderFulfilment,
            PageSize = 2,
            Channels = { Wire.Channel.Web },
            Types_ = { "order.placed" },
            FromAt = Sample.Noon.AddDays(-1).ToTimestamp(),
            UntilAt = Noon,
        },
        async request => (await _tracker.Profiles.ListAsync(Caller, request.ToCore(), CancellationToken.None)).ToWire());

    [Fact]
    public async Task A_question_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.ExplainRecordRequest { MessageId = "order-1", Purpose = Wire.Purpose.RightsHandling },
        async request =>
        {
            var query = request.ToCore();
            var explanation = query.Key is { } key
                ? await _tracker.Explainer.ExplainAsync(Caller, key, query.Purpose, CancellationToken.None)
                : await _tracker.Explainer.ExplainAsync(Caller, query.MessageId, query.Source, query.Purpose, CancellationToken.None);
            return explanation.ToWire();
        });

    [Fact]
    public async Task A_simulation_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.SimulateRetentionRequest
        {
            Purpose = Wire.Purpose.RightsHandling,
            Changes = { new Wire.RetentionRuleChange { RuleId = "IT-ORD-1", Terminators = { new Wire.RetentionTerminator { Anchor = "CONTRACT_END", Period = "P6M" } } } },
            MaxProfiles = 10,
        },
        async request => (await _tracker.Simulation.SimulateAsync(Caller, request.ToCore(), CancellationToken.None).ToListAsync())[^1].ToWire());

    [Fact]
    public async Task A_search_for_matches_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.SuggestMatchesRequest { Purpose = Wire.Purpose.ServiceDelivery, MinScore = 0.5, MaxSuggestions = 10, MaxProfiles = 10 },
        async request => (await _tracker.Matches.SuggestAsync(Caller, request.ToCore(), CancellationToken.None).ToListAsync())[^1].ToWire());

    [Fact]
    public async Task An_audience_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.CheckAudienceRequest
        {
            Profiles = { new Wire.ProfileReference { Identifier = new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" } } },
            Purpose = Wire.Purpose.DirectMarketing,
            ContactChannel = Wire.ContactChannel.Email,
            Recipient = "platform",
            Message = new Wire.MessageTerms { OwnProduct = true, SimilarProduct = true, OffersOptOut = true },
            LegalBasis = Wire.LegalBasis.Consent,
        },
        async request =>
        {
            var query = request.ToCore();
            return (await _tracker.Permissions.CheckAudienceAsync(Caller, query.Profiles, query.Question, CancellationToken.None)).ToWire();
        });

    [Fact]
    public async Task Products_near_a_valid_one_are_answered_or_refused() => await FuzzAsync(
        new Wire.UpsertProductsRequest { Products = { CatalogSample.Product() } },
        async request => (await _tracker.Catalog.UpsertAsync(Caller, request.ToCore(), CancellationToken.None)).ToProductsResponse());

    [Fact]
    public async Task Stores_near_a_valid_one_are_answered_or_refused() => await FuzzAsync(
        new Wire.UpsertStoresRequest { Stores = { CatalogSample.Store() } },
        async request => (await _tracker.Catalog.UpsertAsync(Caller, request.ToCore(), CancellationToken.None)).ToStoresResponse());

    [Fact]
    public async Task Campaigns_near_a_valid_one_are_answered_or_refused() => await FuzzAsync(
        new Wire.UpsertCampaignsRequest { Campaigns = { CatalogSample.Campaign() } },
        async request => (await _tracker.Catalog.UpsertAsync(Caller, request.ToCore(), CancellationToken.None)).ToCampaignsResponse());

    [Fact]
    public async Task A_list_of_products_near_a_valid_one_is_answered_or_refused()
    {
        await _tracker.Catalog.UpsertAsync(Caller, [An.ProductEntry("a"), An.ProductEntry("b")], CancellationToken.None);
        var first = await _tracker.Catalog.ListAsync(Caller, CatalogKind.Product, 1, "", CancellationToken.None);

        await FuzzAsync(
            new Wire.ListProductsRequest { PageSize = 1, PageToken = first.NextPageToken },
            async request =>
            {
                var page = await _tracker.Catalog.ListAsync(Caller, CatalogKind.Product, request.PageSize, request.PageToken, CancellationToken.None);
                return new Wire.ListProductsResponse { Products = { page.Entries.Select(ProductMapping.ToProduct) }, NextPageToken = page.NextPageToken };
            });
    }

    private async Task FuzzAsync<T>(T valid, Func<T, Task<IMessage>> call)
        where T : class, IMessage<T>, new()
    {
        await CallAsync(valid, call);
        Assert.Equal(1, _answered);

        await Mutated.Of(valid).SampleAsync(
            async bytes =>
            {
                if (Mutated.TryParse<T>(bytes) is { } request)
                {
                    await CallAsync(request, call);
                }
            },
            iter: 2_000);

        Assert.True(_refused > 0, "Nothing was refused: what was sent was hardly changed.");
    }

    private async Task CallAsync<T>(T request, Func<T, Task<IMessage>> call)
    {
        try
        {
            var answer = await call(request);
            Assert.NotNull(answer);
            Interlocked.Increment(ref _answered);
            if (answer.ToString()!.Contains("\"violations\"", StringComparison.Ordinal))
            {
                // Where a call answers item by item, that is how one is refused.
                Interlocked.Increment(ref _refused);
            }
        }
        catch (RefusalException)
        {
            Interlocked.Increment(ref _refused);
        }
    }
}
