using System.Text;
using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Tests.Architecture;

namespace Tracker.Core.Tests.Policies.Gates;

/// <summary>The gate against the table that the data-protection officer has seen: it permits what stands there, and nothing else.</summary>
public sealed class MatrixTests
{
    private const string Partner = "partner";

    private static readonly string[] Recipients = ["", Partner];

    private static readonly DateTimeOffset Given = Ask.Now.AddDays(-10);

    /// <summary>Whoever last bought a year and a half ago is no customer any more under <see cref="WithEveryProof"/>, and still within the soft opt-in.</summary>
    private static readonly Dictionary<Stage, Facts> People = new()
    {
        [Stage.Visitor] = Facts.None,
        [Stage.Lead] = Ask.Lead with { AccountOpenedAt = Given },
        [Stage.Prospect] = Ask.Prospect with { AccountOpenedAt = Given },
        [Stage.Customer] = Ask.Customer with { QuoteRequestedAt = Given, AccountOpenedAt = Given, LoyaltyJoinedAt = Given },
        [Stage.Former] = Ask.Lead with { FirstPurchaseAt = Ask.Now.AddMonths(-18), LastPurchaseAt = Ask.Now.AddMonths(-18) },
    };

    [Theory]
    [InlineData("it-seed-strict")]
    [InlineData("it-standard")]
    [Trait("Compliance", "R-020")]
    [Trait("Compliance", "R-025")]
    [Trait("Compliance", "R-027")]
    public void With_every_proof_at_hand_a_basis_carries_a_purpose_exactly_where_the_frozen_table_has_it(string profile)
    {
        var policy = WithEveryProof(profile);
        var differing = new List<string>();
        var asked = 0;
        foreach (var (purpose, medium, stage, basis, cell) in ReadTable(profile))
        {
            var question = QuestionOf(purpose, medium, stage) with { Basis = basis, Type = TypeFor(purpose, policy) };
            Assert.Equal(stage, Stages.At(question.Facts, question.LastInteractionAt, policy, question.Now));
            var verdict = Gate.Decide(policy, purpose, question);
            var isAsFrozen = verdict.IsPermitted
                ? verdict.Basis == basis && cell.Contains($"[{EnumNames<EPrivacyGround>.Of(verdict.Ground)}]", StringComparison.Ordinal)
                : cell == "-";
            differing.AddRange(isAsFrozen ? [] : [$"{purpose} {medium} {stage} {basis}: {verdict.Reason}, frozen as {cell}"]);
            asked++;
        }

        Assert.Empty(differing);
        Assert.Equal(27 * People.Count * 7, asked);
    }

    /// <summary>Some bases carry certain types alone: what the law wants a document of, and what was sold and comes back.</summary>
    private static InteractionType? TypeFor(Purpose purpose, Policy policy) => purpose switch
    {
        Purpose.AccountingTax => policy.Types["purchase.completed"],
        Purpose.OrderFulfilment => policy.Types["order.returned"],
        _ => null,
    };

    private static Policy WithEveryProof(string profile)
    {
        var document = JsonNode.Parse(PolicyRegister.LoadShipped(profile).Document.Span)!.AsObject();
        document["activity_window"] = "P12M";
        document["assessments"] = new JsonArray([.. Enum.GetValues<Purpose>().Skip(1).Select(purpose => (JsonNode)new JsonObject
        {
            ["id"] = $"LIA-{EnumNames<Purpose>.Of(purpose)}",
            ["version"] = "1",
            ["purpose"] = EnumNames<Purpose>.Of(purpose),
            ["from"] = "2026-05-01",
            ["until"] = "2027-05-01",
        })]);
        return PolicyReader.Read("test", Encoding.UTF8.GetBytes(document.ToJsonString()));
    }

    private static GateQuestion QuestionOf(Purpose purpose, ContactChannel medium, Stage stage) => new()
    {
        HasPerson = true,
        IsMinimised = true,
        Facts = People[stage],
        ContactChannel = medium,
        Recipient = purpose == Purpose.ThirdPartySharing || medium == ContactChannel.SocialAudience ? Partner : "",
        Contract = new("order:1", IsOfAnother: false) { IsNamed = true },
        Message = new(IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: true),
        History = new()
        {
            Consents = [.. Enum.GetValues<Purpose>().Skip(1).SelectMany(given => Enum.GetValues<ContactChannel>().SelectMany(by => ConsentsTo(given, by)))],
            SoftOptIns = [new(ConsentId.New(Ask.Now), IsAddressFromSubject: true, IsSale: true, WasInformed: true, Given, DateTimeOffset.MaxValue)],
            RegisterChecks = [new(Ask.Now.AddDays(-1))],
        },
        OccurredAt = Ask.Now.AddHours(-1),
        Now = Ask.Now,
    };

    private static IEnumerable<ConsentSpan> ConsentsTo(Purpose purpose, ContactChannel medium) =>
        Recipients.Select(recipient => new ConsentSpan
        {
            Id = ConsentId.New(Ask.Now),
            Purpose = purpose,
            ContactChannel = medium,
            Recipient = recipient,
            From = Given,
            Until = Ask.Now.AddDays(10),
        });

    private static IEnumerable<(Purpose Purpose, ContactChannel Medium, Stage Stage, LegalBasis Basis, string Cell)> ReadTable(string profile)
    {
        const int names = 22;
        const int width = 34;
        var (purpose, medium) = (Purpose.Unspecified, ContactChannel.Unspecified);
        Stage[] stages = [];
        var path = Path.Combine(SourceTree.Root, "tests", "Tracker.Core.Tests", "Policies", "Frozen", $"{profile}.txt");
        foreach (var line in File.ReadLines(path).TakeWhile(line => !line.StartsWith("Which contracts", StringComparison.Ordinal)).Where(line => line.Length > 0).Skip(2))
        {
            List<string> cells = line[0] == ' ' ? [.. line[names..].Chunk(width).Select(cell => new string(cell).Trim())] : [];
            if (cells.Count == 0)
            {
                var title = line.Split(' ');
                (purpose, medium) = (Parse<Purpose>(title[0]), title.Length > 1 ? Parse<ContactChannel>(title[1]) : ContactChannel.Unspecified);
            }
            else if (line[..names].Trim() is not { Length: > 0 } basis)
            {
                stages = [.. cells.Select(Parse<Stage>)];
            }
            else
            {
                foreach (var (stage, cell) in stages.Zip(cells))
                {
                    yield return (purpose, medium, stage, Parse<LegalBasis>(basis), cell);
                }
            }
        }
    }

    private static T Parse<T>(string name)
        where T : struct, Enum =>
        EnumNames<T>.TryParse(name, out var value) ? value : throw new InvalidDataException(name);
}
