using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Tracker.Core.Model;
using Tracker.Server.Consents;
using Tracker.Server.Ingestion;
using Tracker.Server.Policies;
using Tracker.Server.Profiles;
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
        await _tracker.RecordAsync(An.Order(by: An.Ada));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Counts_near_a_valid_one_are_answered_or_refused() => await FuzzAsync(
        new Wire.RecordCountsRequest { Counts = { new Wire.Count { MessageId = "c-1", Metric = "footfall", StartedAt = Noon, EndedAt = Sample.Noon.AddHours(1).ToTimestamp(), Value = 7 } } },
        async request => (await _tracker.Counts.RecordAsync(Caller, request.ToCore(), CancellationToken.None)).ToWire());

    [Fact]
    public async Task A_notice_near_a_valid_one_is_answered_or_refused() => await FuzzAsync(
        new Wire.RegisterNoticeRequest { NoticeId = "terms", Version = "1", Text = "We keep …", Language = "it", EffectiveAt = Noon, Medium = Wire.NoticeMedium.Written, Purposes = { Wire.Purpose.Profiling } },
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
                : await _tracker.Explainer.ExplainAsync(Caller, query.MessageId, query.Purpose, CancellationToken.None);
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
            Assert.NotNull(await call(request));
            Interlocked.Increment(ref _answered);
        }
        catch (RefusalException)
        {
            Interlocked.Increment(ref _refused);
        }
    }
}
