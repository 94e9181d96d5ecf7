using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>The life of a consent, as a web shop, its call centre and its data-protection officer play it over the wire.</summary>
public sealed class ConsentTests
{
    private const string Text = "Informativa privacy: perché sì — 𝕏\r\n\tart. 13 GDPR\u00a0€";

    private static readonly Wire.Identifier Email = new() { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" };
    private static readonly Wire.ProfileReference Ada = new() { Identifier = Email };
    private static readonly Wire.ProfileReference Nobody = new() { Identifier = new() { Kind = Wire.IdentifierKind.Email, Value = "nobody@example.com" } };
    private static readonly Wire.MessageTerms Offer = new() { OwnProduct = true, SimilarProduct = true, OffersOptOut = true };

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    /// <summary>A minute ago: whatever is recorded has happened.</summary>
    private readonly Timestamp _then = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToTimestamp();

    [Fact]
    public async Task A_consent_given_online_counts_from_its_confirmation_until_its_withdrawal_and_is_proved_by_its_receipt()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var ledger = server.Consents;
        await RegisterNoticeAsync(ledger);

        var asked = await ledger.RecordConsentAsync(Consent(Wire.Purpose.DirectMarketing, Wire.ContactChannel.Email), cancellationToken: _cancellation);
        var pending = await MayAsync(ledger);
        var waiting = await PromptAsync(ledger);
        var confirmed = (await ledger.ConfirmConsentAsync(new() { Token = asked.ConfirmationToken, MailSentAt = _then }, cancellationToken: _cancellation)).Consent;
        var permitted = await MayAsync(ledger);

        Assert.Equal((Wire.ConsentState.PendingConfirmation, 45), (asked.Consent.State, asked.ConfirmationToken.Length));
        Assert.Equal(new Wire.ConfirmationToken { ContactChannel = Wire.ContactChannel.Email, Token = asked.ConfirmationToken }, Assert.Single(asked.ConfirmationTokens));
        Assert.Equal((false, "CONSENT_PENDING"), (pending.Permitted, pending.Reason));
        Assert.Equal((Wire.PromptReason.ConfirmationPending, asked.Consent.ConfirmUntilAt), (waiting.Reason, waiting.EarliestAt));
        Assert.Equal((Wire.ConsentState.Given, asked.Consent.ConsentId), (confirmed.State, confirmed.RefersToId));
        Assert.Equal((true, Wire.LegalBasis.Consent, confirmed.ConsentId), (permitted.Permitted, permitted.LegalBasis, permitted.EvidenceIds.Single()));
        await AssertStandsFromAsync(ledger, confirmed);
        await AssertProvedAsync(ledger, confirmed);
        Assert.Equal((false, Wire.PromptReason.ConsentInForce), await PromptAsync(ledger) is var inForce ? (inForce.MayAsk, inForce.Reason) : default);
        Assert.Equal([true, false], await AudienceAsync(ledger, Wire.LegalBasis.Unspecified));

        var withdrawn = await ledger.WithdrawConsentAsync(new() { RequestId = "w", Profile = Ada, ConsentId = confirmed.ConsentId }, cancellationToken: _cancellation);

        Assert.Equal(Wire.ConsentState.Withdrawn, withdrawn.Consent.State);
        Assert.Equal((false, "CONSENT_WITHDRAWN"), await MayAsync(ledger) is var after ? (after.Permitted, after.Reason) : default);
        Assert.Equal([false, false], await AudienceAsync(ledger, Wire.LegalBasis.Unspecified));
    }

    [Fact]
    public async Task A_soft_opt_in_carries_a_message_to_a_customer_by_its_own_basis_and_terms()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await RegisterNoticeAsync(server.Consents);
        var order = new Wire.Interaction
        {
            MessageId = "o-1",
            Type = "order.placed",
            Channel = Wire.Channel.Web,
            OccurredAt = _then,
            Identifiers = { Email },
            Content = new() { Commerce = new() { OrderId = "o-1", Total = new() { CurrencyCode = "EUR", Units = 20 } } },
        };
        var recorded = await server.Interactions.RecordInteractionsAsync(new() { Interactions = { order } }, cancellationToken: _cancellation);

        var noted = await server.Consents.RecordSoftOptInAsync(
            new()
            {
                RequestId = "s",
                Identifiers = { Email },
                Terms = new() { AddressFromSubject = true, InSale = true, Informed = true },
                GivenAt = _then,
                NoticeId = "privacy",
                NoticeVersion = "1",
                NoticeShownAt = _then,
            },
            cancellationToken: _cancellation);

        Assert.Equal(Wire.Outcome.Accepted, recorded.Results[0].Outcome);
        Assert.Equal((Wire.LedgerKind.SoftOptIn, Wire.ConsentState.Noted), (noted.Consent.Kind, noted.Consent.State));
        Assert.Equal([true, false], await AudienceAsync(server.Consents, Wire.LegalBasis.LegitimateInterest));
        Assert.Equal([false, false], await AudienceAsync(server.Consents, Wire.LegalBasis.Consent));
    }

    [Fact]
    public async Task An_objection_is_decided_a_register_is_looked_into_and_a_void_consent_is_closed()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var ledger = server.Consents;
        await RegisterNoticeAsync(ledger);
        var profiling = (await ledger.RecordConsentAsync(Consent(Wire.Purpose.Profiling), cancellationToken: _cancellation)).Consent;

        var looked = await ledger.RecordRegisterCheckAsync(new() { RequestId = "r", Profile = Ada, CheckedAt = _then, ListedSinceAt = _then }, cancellationToken: _cancellation);
        var objected = await ledger.RecordObjectionAsync(new() { RequestId = "o", Profile = Ada, Purpose = Wire.Purpose.FraudSecurity, ObjectedAt = _then }, cancellationToken: _cancellation);
        var decided = await ledger.DecideObjectionAsync(
            new() { RequestId = "d", Profile = Ada, ObjectionId = objected.Consent.ConsentId, Decision = Wire.ConsentState.ObjectionRejected, GroundsReference = "case-7" },
            cancellationToken: _cancellation);
        var closed = await ledger.CloseConsentAsync(
            new() { RequestId = "c", Profile = Ada, ConsentId = profiling.ConsentId, State = Wire.ConsentState.Invalidated, Reason = Wire.EndReason.EvidenceVoid, AuthorityReference = "dpo-3" },
            cancellationToken: _cancellation);

        Assert.Equal(Wire.ConsentState.Given, profiling.State);
        Assert.Equal(_then.Seconds, looked.Consent.ListedSinceAt.Seconds);
        Assert.Equal((Wire.ConsentState.ObjectionRejected, objected.Consent.ConsentId), (decided.Consent.State, decided.Consent.RefersToId));
        Assert.Equal((profiling.ConsentId, 5), (closed.Consent.RefersToId, closed.Consent.Sequence));
        var state = await StateAsync(ledger, Wire.Purpose.Profiling, profiling.EffectiveAt);
        Assert.Equal((false, Wire.ConsentState.Invalidated, closed.Consent), (state.Valid, state.State, state.EndedBy));
        await AssertSimulatedAsync(server);
    }

    private async Task RegisterNoticeAsync(Wire.ConsentService.ConsentServiceClient ledger)
    {
        var registered = await ledger.RegisterNoticeAsync(
            new()
            {
                NoticeId = "privacy",
                Version = "1",
                Text = Text,
                Language = "it",
                EffectiveAt = _then,
                Medium = Wire.NoticeMedium.Written,
                Purposes = { Wire.Purpose.DirectMarketing, Wire.Purpose.Profiling },
                Controller = new() { Id = "demo", Name = "Demo S.p.A.", Contact = "dpo@demo.example", Address = "Via Roma 1, Milano" },
            },
            cancellationToken: _cancellation);
        var read = await ledger.GetNoticeAsync(new() { NoticeId = "privacy", Version = "1" }, cancellationToken: _cancellation);

        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await ledger.GetNoticeAsync(new() { NoticeId = "privacy", Version = "9" }, cancellationToken: _cancellation));

        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.Equal((Text, Proof.Sha256(Text)), (read.Text, read.Notice.Sha256));
        Assert.Equal(registered.Notice, read.Notice);
    }

    private Wire.RecordConsentRequest Consent(Wire.Purpose purpose, params Wire.ContactChannel[] media) => new()
    {
        RequestId = $"consent-{purpose}",
        Identifiers = { Email },
        Purpose = purpose,
        ContactChannels = { media },
        State = Wire.ConsentState.Given,
        DecidedAt = _then,
        NoticeId = "privacy",
        NoticeVersion = "1",
        NoticeShownAt = _then,
        Evidence = new()
        {
            Kind = Wire.EvidenceKind.Checkbox,
            Sha256 = Proof.Sha256($"form of {purpose}"),
            CapturedAt = _then,
            CapturedBy = "web-form-7",
            TextShownSha256 = Proof.Sha256(Text),
            ControlId = $"box-{purpose}",
            Act = Wire.ConsentAct.Checked,
            DefaultChecked = false,
            Checkbox = new() { LabelSha256 = Proof.Sha256("label"), CheckedAt = _then },
        },
    };

    private async Task AssertStandsFromAsync(Wire.ConsentService.ConsentServiceClient ledger, Wire.Consent confirmed)
    {
        var before = await StateAsync(ledger, Wire.Purpose.DirectMarketing, confirmed.EffectiveAt.ToDateTimeOffset().AddMilliseconds(-1).ToTimestamp());
        var from = await StateAsync(ledger, Wire.Purpose.DirectMarketing, confirmed.EffectiveAt);

        Assert.Equal((false, Wire.ConsentState.PendingConfirmation, confirmed.RefersToId), (before.Valid, before.State, before.Consent.ConsentId));
        Assert.Equal((true, Wire.ConsentState.Given, confirmed.ConsentId), (from.Valid, from.State, from.Consent.ConsentId));
    }

    private async Task AssertProvedAsync(Wire.ConsentService.ConsentServiceClient ledger, Wire.Consent confirmed)
    {
        var proof = await ledger.GetConsentProofAsync(
            new() { Profile = Ada, Purpose = Wire.Purpose.RightsHandling, ConsentId = confirmed.ConsentId }, cancellationToken: _cancellation);

        using var receipt = JsonDocument.Parse(proof.ReceiptJson);
        Assert.Equal(Text, proof.NoticeText);
        Assert.Equal(Proof.Sha256(proof.NoticeText), receipt.RootElement.GetProperty("privacy_notice").GetProperty("sha256").GetString());
        Assert.Equal(proof.ReceiptId, receipt.RootElement.GetProperty("receipt_id").GetString());
        Assert.Equal("DOUBLE_OPT_IN", receipt.RootElement.GetProperty("events")[0].GetProperty("evidence").GetProperty("kind").GetString());
    }

    private async Task AssertSimulatedAsync(TestServer server)
    {
        Wire.RetentionTerminator[] ends = [new() { Anchor = "CONSENT_END", Period = "PT0S" }, new() { Anchor = "EVENT_TIME", Period = "P1M" }];
        var change = new Wire.RetentionRuleChange { RuleId = "IT-PRO-1", Terminators = { ends } };
        using var call = server.Policies.SimulateRetention(new() { Purpose = Wire.Purpose.RightsHandling, Changes = { change } }, cancellationToken: _cancellation);
        var last = (await call.ResponseStream.ReadAllAsync(_cancellation).ToListAsync(_cancellation))[^1];

        Assert.Equal((1, true, true), (last.Profiles, last.Done, last.Complete));
    }

    private async Task<Wire.GetConsentStateResponse> StateAsync(Wire.ConsentService.ConsentServiceClient ledger, Wire.Purpose purpose, Timestamp at) =>
        await ledger.GetConsentStateAsync(new() { Profile = Ada, Purpose = Wire.Purpose.RightsHandling, ConsentedPurpose = purpose, ValidAt = at }, cancellationToken: _cancellation);

    private async Task<Wire.CheckPermissionResponse> MayAsync(Wire.ConsentService.ConsentServiceClient ledger) => await ledger.CheckPermissionAsync(
        new() { Profile = Ada, Purpose = Wire.Purpose.DirectMarketing, ContactChannel = Wire.ContactChannel.Email, Message = Offer }, cancellationToken: _cancellation);

    private async Task<Wire.CheckPromptResponse> PromptAsync(Wire.ConsentService.ConsentServiceClient ledger) =>
        await ledger.CheckPromptAsync(new() { Profile = Ada, Purpose = Wire.Purpose.DirectMarketing, ContactChannel = Wire.ContactChannel.Email }, cancellationToken: _cancellation);

    private async Task<IEnumerable<bool>> AudienceAsync(Wire.ConsentService.ConsentServiceClient ledger, Wire.LegalBasis basis)
    {
        var answer = await ledger.CheckAudienceAsync(
            new() { Profiles = { Ada, Nobody }, Purpose = Wire.Purpose.DirectMarketing, ContactChannel = Wire.ContactChannel.Email, LegalBasis = basis, Message = Offer },
            cancellationToken: _cancellation);
        return answer.Results.Select(result => result.Permitted);
    }
}
