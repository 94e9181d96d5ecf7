using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

/// <summary>One person with a card and an address, as customer care merges and parts them over the wire.</summary>
public sealed class MergeCallTests
{
    private static readonly Wire.Identifier Card = new() { Kind = Wire.IdentifierKind.LoyaltyCard, Value = "4242" };
    private static readonly Wire.Identifier Email = new() { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" };

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    /// <summary>A minute ago: whatever is recorded has happened.</summary>
    private readonly Timestamp _then = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToTimestamp();

    [Fact]
    public async Task Merge_is_previewed_made_listed_and_taken_back()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await BuyAsync(server);
        await server.Consents.WithdrawConsentAsync(new() { RequestId = "no", Profile = Of(Card), Purpose = Wire.Purpose.Profiling }, cancellationToken: _cancellation);

        var preview = await server.Profiles.PreviewMergeAsync(new() { First = Of(Email), Second = Of(Card), Purpose = Wire.Purpose.CustomerCare }, cancellationToken: _cancellation);
        var merged = (await server.Profiles.MergeProfilesAsync(new() { First = Of(Email), Second = Of(Card), CaseReference = "ticket 7" }, cancellationToken: _cancellation)).Person;
        var profile = await GetAsync(server, Email);
        var listed = (await server.Profiles.ListProfileLinksAsync(new() { Profile = Of(Card), Purpose = Wire.Purpose.RightsHandling }, cancellationToken: _cancellation)).Person;
        var parted = (await server.Profiles.UnmergeProfilesAsync(new() { Profile = Of(Card), LinkId = merged.Links[0].LinkId }, cancellationToken: _cancellation)).Person;

        Assert.Equal(merged.ProfileIds, preview.ProfileIds);
        Assert.Empty(preview.Bars);
        Assert.Equal((Wire.ConsentState.Withdrawn, Wire.Purpose.Profiling, ""), Assert.Single(preview.Consequences) is var no ? (no.State, no.Purpose, no.EndedConsentId) : default);
        Assert.Equal((merged.PersonId, 2), (profile.ProfileId, profile.MemberProfileIds.Count));
        Assert.Equal(merged, listed);
        Assert.True(Assert.Single(listed.Links) is { InForce: true, CaseReference: "ticket 7", UndoesLinkId: "" });
        Assert.Equal((1, 2), (parted.ProfileIds.Count, parted.Links.Count));
        Assert.Equal(merged.Links[0].LinkId, parted.Links[1].UndoesLinkId);
        Assert.DoesNotContain(parted.Links, link => link.InForce);
        Assert.Equal([IdentifierKindOf(Email)], (await GetAsync(server, Email)).IdentifierKinds);
    }

    [Fact]
    public async Task Preview_says_what_the_minority_of_one_bars_for_the_other()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await BuyAsync(server);
        var birthday = _then.ToDateTime().AddYears(-15);
        var account = new Wire.Interaction
        {
            MessageId = "age",
            Type = "account.opened",
            Channel = Wire.Channel.Web,
            OccurredAt = _then,
            Identifiers = { Card },
            Content = new() { Contact = new() { BirthDate = new() { Year = birthday.Year, Month = birthday.Month, Day = birthday.Day } } },
        };
        await server.Interactions.RecordInteractionAsync(new() { Interaction = account }, cancellationToken: _cancellation);

        var preview = await server.Profiles.PreviewMergeAsync(new() { First = Of(Email), Second = Of(Card), Purpose = Wire.Purpose.CustomerCare }, cancellationToken: _cancellation);

        Assert.Equal([Wire.Purpose.Profiling, Wire.Purpose.Personalisation], preview.Consequences.Select(consequence => consequence.Purpose));
        Assert.All(preview.Consequences, consequence => Assert.True(consequence is { Minor: true, State: Wire.ConsentState.Unspecified, EndedConsentId: "" }));
    }

    [Fact]
    public async Task Refusals_say_which_field_and_why()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        await BuyAsync(server);

        var nothing = await Assert.ThrowsAsync<RpcException>(() => server.Profiles.MergeProfilesAsync(new(), cancellationToken: _cancellation).ResponseAsync);
        var nobody = await Assert.ThrowsAsync<RpcException>(() => server.Profiles.MergeProfilesAsync(new() { First = Of(Email), Second = Of(new() { Kind = Wire.IdentifierKind.Email, Value = "nobody@example.com" }) }, cancellationToken: _cancellation).ResponseAsync);
        var malformed = await Assert.ThrowsAsync<RpcException>(() => server.Profiles.UnmergeProfilesAsync(new() { Profile = Of(Email), LinkId = "x" }, cancellationToken: _cancellation).ResponseAsync);
        var unknown = await Assert.ThrowsAsync<RpcException>(() => server.Profiles.UnmergeProfilesAsync(new() { Profile = Of(Email), LinkId = new string('a', 32) }, cancellationToken: _cancellation).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, nothing.StatusCode);
        Assert.Equal(["first", "second"], nothing.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field));
        Assert.Equal(StatusCode.NotFound, nobody.StatusCode);
        Assert.Equal(["link_id"], malformed.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field));
        Assert.Equal((StatusCode.NotFound, "LINK_NOT_FOUND"), (unknown.StatusCode, unknown.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason));
    }

    private static Wire.ProfileReference Of(Wire.Identifier identifier) => new() { Identifier = identifier };

    private static Wire.IdentifierKind IdentifierKindOf(Wire.Identifier identifier) => identifier.Kind;

    private async Task<Wire.Profile> GetAsync(TestServer server, Wire.Identifier by) =>
        (await server.Profiles.GetProfileAsync(new() { Profile = Of(by), Purpose = Wire.Purpose.OrderFulfilment }, cancellationToken: _cancellation)).Profile;

    private async Task BuyAsync(TestServer server)
    {
        foreach (var (identifier, id) in new[] { (Email, "by-mail"), (Card, "by-card") })
        {
            var order = new Wire.Interaction
            {
                MessageId = id,
                Type = "order.placed",
                Channel = Wire.Channel.Web,
                OccurredAt = _then,
                Identifiers = { identifier },
                Content = new() { Commerce = new() { OrderId = id, Total = new() { CurrencyCode = "EUR", Units = 20 } } },
            };
            await server.Interactions.RecordInteractionAsync(new() { Interaction = order }, cancellationToken: _cancellation);
        }
    }
}
