using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Tracker.Server.Tests.Catalog;
using Tracker.Server.Tests.Faults;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.TwoStores;

/// <summary>What an import does not bring, told to two nodes in the same words: decisions of some of its people, views, counts, a catalogue.</summary>
internal sealed class Decisions(IReadOnlyList<Wire.Identifier> people, CancellationToken cancellation)
{
    public const string NoticeId = "suggestions";

    private const string Text = "May we use what you look at for suggestions?";

    private readonly Timestamp _then = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToTimestamp();

    /// <summary>Two cards and the address of one person, who was taken for three.</summary>
    public static IReadOnlyList<Wire.Identifier> Merged { get; } =
    [
        new() { Kind = Wire.IdentifierKind.LoyaltyCard, Value = "CARD1" },
        new() { Kind = Wire.IdentifierKind.LoyaltyCard, Value = "CARD2" },
        new() { Kind = Wire.IdentifierKind.Email, Value = "merged@example.com" },
    ];

    /// <summary>Those who have decided something.</summary>
    public IEnumerable<Wire.Identifier> Deciders => people.Take(6);

    public async Task TellAsync(Node node)
    {
        await node.Catalog.UpsertProductsAsync(new() { Products = { CatalogSample.Product() } }, cancellationToken: cancellation);
        await node.Catalog.UpsertStoresAsync(new() { Stores = { CatalogSample.Store() } }, cancellationToken: cancellation);
        await node.Catalog.UpsertCampaignsAsync(new() { Campaigns = { CatalogSample.Campaign() } }, cancellationToken: cancellation);
        await RegisterNoticeAsync(node);
        foreach (var (person, index) in Deciders.Select((person, index) => (person, index)))
        {
            var state = index == 1 ? Wire.ConsentState.Refused : Wire.ConsentState.Given;
            await node.Consents.RecordConsentAsync(Consent($"consent-{index}", person, state), cancellationToken: cancellation);
            await node.Interactions.RecordInteractionAsync(new() { Interaction = View($"view-{index}", person) }, cancellationToken: cancellation);
        }

        await EndSomeAsync(node);
        await MergeAsync(node);
    }

    /// <returns>What became of the counts.</returns>
    public async Task<IReadOnlyList<Wire.Outcome>> CountAsync(Node node)
    {
        var counts = Enumerable.Range(0, 20).Select(number => new Wire.Count
        {
            MessageId = $"count-{number % 15}",
            Metric = "footfall",
            StoreId = "7",
            Channel = Wire.Channel.Pos,
            StartedAt = _then.ToDateTimeOffset().AddHours(-1).ToTimestamp(),
            EndedAt = _then,
            Value = number % 15,
        });
        var answer = await node.Interactions.RecordCountsAsync(new() { Counts = { counts } }, cancellationToken: cancellation);
        return [.. answer.Results.Select(result => result.Outcome)];
    }

    /// <summary>Two sales of nobody, one of which is claimed by somebody who has decided something, and again by everybody.</summary>
    /// <returns>What everybody was told.</returns>
    public async Task<IReadOnlyList<string>> ClaimAsync(Node node)
    {
        foreach (var number in new[] { "1", "2" })
        {
            var sale = View($"till-{number}", new() { Kind = Wire.IdentifierKind.Receipt, Value = $"0042-{number}" });
            (sale.Type, sale.Channel) = ("purchase.completed", Wire.Channel.Pos);
            sale.Content = new() { Commerce = new() { Total = new() { CurrencyCode = "EUR", Units = 20 } }, Store = new() { StoreId = "7", ReceiptNumber = $"0042-{number}" } };
            sale.Purposes.Clear();
            await node.Interactions.RecordInteractionAsync(new() { Interaction = sale }, cancellationToken: cancellation);
        }

        List<string> told = [];
        foreach (var person in Deciders.Concat(Deciders))
        {
            var request = new Wire.ClaimReceiptRequest { Receipt = new() { Kind = Wire.IdentifierKind.Receipt, Value = "0042-1" }, Identifiers = { person }, ClaimedAt = Now };
            try
            {
                var answer = await node.Interactions.ClaimReceiptAsync(request, cancellationToken: cancellation);
                told.Add($"{answer.Result.Outcome} {answer.Result.InteractionId.Length} {string.Join(',', answer.Result.Grants.Select(grant => grant.Purpose))}");
            }
            catch (RpcException refusal)
            {
                told.Add($"{refusal.StatusCode} {refusal.Status.Detail}");
            }
        }

        return told;
    }

    private async Task EndSomeAsync(Node node)
    {
        var of = people.Select(person => new Wire.ProfileReference { Identifier = person }).ToList();
        await node.Consents.WithdrawConsentAsync(
            new() { RequestId = "withdrawal", Profile = of[2], Purpose = Wire.Purpose.Profiling, DecidedAt = Now }, cancellationToken: cancellation);
        await node.Consents.RecordObjectionAsync(
            new() { RequestId = "objection", Profile = of[3], Purpose = Wire.Purpose.DirectMarketing, ObjectedAt = Now }, cancellationToken: cancellation);
        await node.Consents.RecordRegisterCheckAsync(
            new() { RequestId = "register", Profile = of[4], CheckedAt = _then, ListedSinceAt = _then }, cancellationToken: cancellation);
    }

    private async Task MergeAsync(Node node)
    {
        foreach (var (identifier, index) in Merged.Select((identifier, index) => (identifier, index)))
        {
            var sale = View($"sale-{index}", identifier);
            (sale.Type, sale.Content) = ("order.placed", new() { Commerce = new() { OrderId = $"merged-{index}" } });
            sale.Purposes.Clear();
            await node.Interactions.RecordInteractionAsync(new() { Interaction = sale }, cancellationToken: cancellation);
        }

        var of = Merged.Select(identifier => new Wire.ProfileReference { Identifier = identifier }).ToList();
        await node.Consents.WithdrawConsentAsync(new() { RequestId = "merged", Profile = of[0], Purpose = Wire.Purpose.Analytics, DecidedAt = Now }, cancellationToken: cancellation);
        await node.Profiles.MergeProfilesAsync(new() { First = of[0], Second = of[1], CaseReference = "ticket 1" }, cancellationToken: cancellation);
        var person = (await node.Profiles.MergeProfilesAsync(new() { First = of[1], Second = of[2] }, cancellationToken: cancellation)).Person;
        await node.Profiles.UnmergeProfilesAsync(new() { Profile = of[0], LinkId = person.Links[0].LinkId }, cancellationToken: cancellation);
        await node.Profiles.DistinguishProfilesAsync(new() { First = of[0], Second = of[2], CaseReference = "ticket 2" }, cancellationToken: cancellation);
    }

    private Timestamp Now => _then.ToDateTimeOffset().AddSeconds(10).ToTimestamp();

    private async Task RegisterNoticeAsync(Node node) => await node.Consents.RegisterNoticeAsync(
        new()
        {
            NoticeId = NoticeId,
            Version = "1",
            Text = Text,
            Language = "en",
            EffectiveAt = _then,
            Medium = Wire.NoticeMedium.Written,
            Purposes = { Wire.Purpose.Profiling },
            Controller = new() { Id = "demo", Name = "Demo S.p.A.", Contact = "dpo@demo.example", Address = "Via Roma 1, Milano" },
        },
        cancellationToken: cancellation);

    private Wire.RecordConsentRequest Consent(string request, Wire.Identifier person, Wire.ConsentState state) => new()
    {
        RequestId = request,
        Identifiers = { person },
        Purpose = Wire.Purpose.Profiling,
        State = state,
        DecidedAt = _then,
        NoticeId = NoticeId,
        NoticeVersion = "1",
        NoticeShownAt = _then,
        Evidence = new()
        {
            Kind = Wire.EvidenceKind.Checkbox,
            Sha256 = Proof.Sha256(request),
            CapturedAt = _then,
            CapturedBy = "web-form-7",
            TextShownSha256 = Proof.Sha256(Text),
            ControlId = "profiling",
            Act = Wire.ConsentAct.Checked,
            DefaultChecked = false,
            Checkbox = new() { LabelSha256 = Proof.Sha256("label"), CheckedAt = _then },
        },
    };

    private Wire.Interaction View(string id, Wire.Identifier person) => new()
    {
        MessageId = id,
        Type = "page.viewed",
        Channel = Wire.Channel.Web,
        OccurredAt = _then.ToDateTimeOffset().AddSeconds(5).ToTimestamp(),
        Identifiers = { person },
        Purposes = { Wire.Purpose.Profiling },
        Content = new() { Online = new() { PageUrl = "https://shop.example/kettles" } },
    };
}
