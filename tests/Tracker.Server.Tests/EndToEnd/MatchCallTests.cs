using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>One person with a card and with an address, whom customer care looks for over the wire.</summary>
public sealed class MatchCallTests
{
    private static readonly Wire.Identifier Card = new() { Kind = Wire.IdentifierKind.LoyaltyCard, Value = "4242" };
    private static readonly Wire.Identifier Email = new() { Kind = Wire.IdentifierKind.Email, Value = "m.bianchi@example.com" };

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    /// <summary>A minute ago: whatever is recorded has happened.</summary>
    private readonly Timestamp _then = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToTimestamp();

    [Fact]
    public async Task Match_is_suggested_with_its_evidence_and_no_more_once_somebody_says_they_are_two()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await RegisterNoticeAsync(server);
        await KnowAsync(server, Card, "Bianchi");
        await KnowAsync(server, Email, "Bianci");

        var suggested = await SuggestAsync(server);
        var match = Assert.Single(suggested.Suggestions);
        var said = (await server.Profiles.DistinguishProfilesAsync(
            new() { First = new() { ProfileId = match.FirstProfileId }, Second = new() { ProfileId = match.SecondProfileId }, CaseReference = "ticket 9" }, cancellationToken: _cancellation)).Link;
        var listed = (await server.Profiles.ListProfileLinksAsync(new() { Profile = new() { Identifier = Card }, Purpose = Wire.Purpose.CustomerCare }, cancellationToken: _cancellation)).Person;

        Assert.True(suggested is { Profiles: 2, Compared: 2, Done: true, Complete: true });
        Assert.InRange(match.Score, 0.5, 1);
        Assert.Equal(
            [(Wire.MatchField.GivenName, Wire.MatchLevel.Same), (Wire.MatchField.FamilyName, Wire.MatchLevel.Almost), (Wire.MatchField.BirthDate, Wire.MatchLevel.Same)],
            match.Evidence.Select(evidence => (evidence.Field, evidence.Level)));
        Assert.True(said is { Denies: true, InForce: false, UndoesLinkId: "", CaseReference: "ticket 9" });
        Assert.Equal((said, 1), (Assert.Single(listed.Links), listed.ProfileIds.Count));
        Assert.Empty((await SuggestAsync(server)).Suggestions);
    }

    [Fact]
    public async Task Refusals_say_which_field_and_why()
    {
        await using var server = await TestServer.StartAsync(_cancellation);

        var nothing = await Assert.ThrowsAsync<RpcException>(() => SuggestAsync(server, new() { MinScore = 2 }));
        var beyond = await Assert.ThrowsAsync<RpcException>(() => SuggestAsync(server, new() { Purpose = Wire.Purpose.CustomerCare, MinScore = 2, MaxProfiles = -1 }));
        var nobody = await Assert.ThrowsAsync<RpcException>(() => server.Profiles.DistinguishProfilesAsync(new(), cancellationToken: _cancellation).ResponseAsync);

        Assert.Equal(["purpose", "min_score"], FieldsOf(nothing));
        Assert.Equal(["min_score", "max_profiles"], FieldsOf(beyond));
        Assert.Equal(["first", "second"], FieldsOf(nobody));
    }

    private static IEnumerable<string> FieldsOf(RpcException refusal) => refusal.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field);

    private async Task<Wire.SuggestMatchesResponse> SuggestAsync(TestServer server, Wire.SuggestMatchesRequest? request = null)
    {
        using var call = server.Profiles.SuggestMatches(request ?? new() { Purpose = Wire.Purpose.ServiceDelivery }, cancellationToken: _cancellation);
        return (await call.ResponseStream.ReadAllAsync(_cancellation).ToListAsync(_cancellation))[^1];
    }

    private async Task RegisterNoticeAsync(TestServer server) => await server.Consents.RegisterNoticeAsync(
        new()
        {
            NoticeId = "privacy",
            Version = "1",
            Text = Proof.Words,
            Language = "it",
            EffectiveAt = _then,
            Medium = Wire.NoticeMedium.Written,
            Purposes = { Wire.Purpose.Profiling },
            Controller = new() { Id = "demo", Name = "Demo S.p.A.", Contact = "dpo@demo.example", Address = "Via Roma 1, Milano" },
        },
        cancellationToken: _cancellation);

    /// <summary>A customer with an account who may be profiled.</summary>
    private async Task KnowAsync(TestServer server, Wire.Identifier by, string familyName)
    {
        Wire.Content stated = new() { Contact = new() { GivenName = "Maria", FamilyName = familyName, BirthDate = new() { Year = 1980, Month = 3, Day = 14 } } };
        await RecordAsync(server, by, "order.placed", new() { Commerce = new() { OrderId = $"order {by.Value}", Total = new() { CurrencyCode = "EUR", Units = 20 } } });
        await RecordAsync(server, by, "account.opened", stated, Wire.Purpose.ServiceDelivery);
        var consent = new Wire.RecordConsentRequest
        {
            RequestId = $"consent {by.Value}",
            Identifiers = { by },
            Purpose = Wire.Purpose.Profiling,
            State = Wire.ConsentState.Given,
            DecidedAt = _then,
            NoticeId = "privacy",
            NoticeVersion = "1",
            NoticeShownAt = _then,
            Evidence = new()
            {
                Kind = Wire.EvidenceKind.Checkbox,
                Sha256 = Proof.Sha256("form"),
                CapturedAt = _then,
                CapturedBy = "web-form-7",
                TextShownSha256 = Proof.Sha256(Proof.Words),
                ControlId = "box",
                Act = Wire.ConsentAct.Checked,
                DefaultChecked = false,
                Checkbox = new() { LabelSha256 = Proof.Sha256("label"), CheckedAt = _then },
            },
        };
        await server.Consents.RecordConsentAsync(consent, cancellationToken: _cancellation);
    }

    private async Task RecordAsync(TestServer server, Wire.Identifier by, string type, Wire.Content content, params Wire.Purpose[] purposes)
    {
        var recorded = await server.Interactions.RecordInteractionAsync(
            new() { Interaction = new() { MessageId = $"{type} {by.Value}", Type = type, Channel = Wire.Channel.Web, OccurredAt = _then, Identifiers = { by }, Purposes = { purposes }, Content = content } },
            cancellationToken: _cancellation);
        Assert.Equal(Wire.Outcome.Accepted, recorded.Result.Outcome);
    }
}
