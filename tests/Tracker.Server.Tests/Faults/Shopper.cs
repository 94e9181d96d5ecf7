using Google.Protobuf.WellKnownTypes;
using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>Somebody of whom page views are kept for as long as a consent to profiling stands, and of whom nothing else is known.</summary>
internal sealed class Shopper(CancellationToken cancellation, string email = "shopper@example.com")
{
    private const string Notice = "May we use what you look at for suggestions?";

    private readonly Wire.Identifier _email = new() { Kind = Wire.IdentifierKind.Email, Value = email };
    private int _last;

    public Wire.Identifier Identifier => _email;

    /// <summary>What documents of this person are of, once there are any.</summary>
    public string Owner { get; private set; } = "";

    private string NextId => $"{email}-{Interlocked.Increment(ref _last)}";

    public async Task RegisterNoticeAsync(Node node) => await node.Consents.RegisterNoticeAsync(
        new()
        {
            NoticeId = "suggestions",
            Version = "1",
            Text = Notice,
            Language = "en",
            EffectiveAt = TimeProvider.System.GetUtcNow().AddDays(-1).ToTimestamp(),
            Medium = Wire.NoticeMedium.Written,
            Purposes = { Wire.Purpose.Profiling },
            Controller = new() { Id = "demo", Name = "Demo S.p.A.", Contact = "dpo@demo.example", Address = "Via Roma 1, Milano" },
        },
        cancellationToken: cancellation);

    /// <summary>From the answer on page views may be kept.</summary>
    public async Task ConsentAsync(Node node)
    {
        var given = await node.Consents.RecordConsentAsync(Consent(), cancellationToken: cancellation);
        Assert.True(given.Consent.State is Wire.ConsentState.Given or Wire.ConsentState.Renewed, $"{given.Consent.State}");

        var profile = await node.Profiles.GetProfileAsync(
            new() { Profile = new() { Identifier = _email }, Purpose = Wire.Purpose.RightsHandling }, cancellationToken: cancellation);
        Owner = $"demo:{Guid.Parse(profile.Profile.ProfileId):N}";
    }

    public Wire.RecordConsentRequest Consent()
    {
        var now = TimeProvider.System.GetUtcNow().ToTimestamp();
        var id = NextId;
        return new()
        {
            RequestId = id,
            Identifiers = { _email },
            Purpose = Wire.Purpose.Profiling,
            State = Wire.ConsentState.Given,
            DecidedAt = now,
            NoticeId = "suggestions",
            NoticeVersion = "1",
            NoticeShownAt = now,
            Evidence = new()
            {
                Kind = Wire.EvidenceKind.Checkbox,
                Sha256 = Proof.Sha256(id),
                CapturedAt = now,
                CapturedBy = "web-form-7",
                TextShownSha256 = Proof.Sha256(Notice),
                ControlId = "profiling",
                Act = Wire.ConsentAct.Checked,
                DefaultChecked = false,
                Checkbox = new() { LabelSha256 = Proof.Sha256("label"), CheckedAt = now },
            },
        };
    }

    public Wire.WithdrawConsentRequest Withdrawal() => new() { RequestId = NextId, Profile = new() { Identifier = _email }, Purpose = Wire.Purpose.Profiling };

    /// <summary>From the answer on nothing is accepted and nothing readable.</summary>
    public async Task WithdrawAsync(Node node) => await node.Consents.WithdrawConsentAsync(Withdrawal(), cancellationToken: cancellation);

    public Wire.Interaction View() => new()
    {
        MessageId = NextId,
        Type = "page.viewed",
        Channel = Wire.Channel.Web,
        OccurredAt = TimeProvider.System.GetUtcNow().ToTimestamp(),
        Identifiers = { _email },
        Purposes = { Wire.Purpose.Profiling },
        Content = new() { Online = new() { PageUrl = "https://shop.example/kettles" } },
    };

    public async Task AssertAcceptedAsync(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            var answer = await node.Interactions.RecordInteractionAsync(new() { Interaction = View() }, cancellationToken: cancellation);
            Assert.True(answer.Result.Outcome == Wire.Outcome.Accepted, $"{answer.Result}");
            Assert.NotEmpty(await Timeline.ReadAsync(node, _email, Wire.Purpose.Profiling, cancellation));
        }
    }

    public async Task AssertNothingIsAcceptedOrReadAsync(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            var answer = await node.Interactions.RecordInteractionAsync(new() { Interaction = View() }, cancellationToken: cancellation);
            Assert.Equal((Wire.Outcome.Denied, "CONSENT_WITHDRAWN"), (answer.Result.Outcome, answer.Result.Reason));
            Assert.Empty(await Timeline.ReadAsync(node, _email, Wire.Purpose.Profiling, cancellation));
            await AssertNothingMayBeSentAsync(node);
        }
    }

    /// <summary>What is asked before a campaign is sent knows it as soon as a write does (E02, E47).</summary>
    private async Task AssertNothingMayBeSentAsync(Node node)
    {
        var person = new Wire.ProfileReference { Identifier = _email };
        var permission = await node.Consents.CheckPermissionAsync(new() { Profile = person, Purpose = Wire.Purpose.Profiling }, cancellationToken: cancellation);
        var audience = await node.Consents.CheckAudienceAsync(new() { Profiles = { person }, Purpose = Wire.Purpose.Profiling }, cancellationToken: cancellation);
        Assert.Equal((false, "CONSENT_WITHDRAWN"), (permission.Permitted, permission.Reason));
        Assert.DoesNotContain(audience.Results, result => result.Permitted);
    }

    public Task<long> CountRecordsAsync(IMongoDatabase database) => CountAsync(database, "records", []);

    /// <summary>Reviews of this person that are still to come because of what was decided just now.</summary>
    public Task<long> CountReviewsAsync(IMongoDatabase database) =>
        CountAsync(database, "errands", new("due_at", new BsonDocument("$lt", DateTime.UtcNow.AddMinutes(5))));

    private Task<long> CountAsync(IMongoDatabase database, string collection, BsonDocument filter) =>
        database.GetCollection<BsonDocument>(collection).CountDocumentsAsync(filter.Add("owner", Owner), cancellationToken: cancellation);
}
