using System.Text.Json.Nodes;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Policies.Gates;

/// <summary>The gate and the end of a grant say the same of an objection, for every purpose on every basis.</summary>
public sealed class ObjectionEndTests
{
    private static readonly Purpose[] Purposes = [.. Enum.GetValues<Purpose>().Skip(1)];

    private static readonly ContactChannel[] Media = [.. Enum.GetValues<ContactChannel>()];

    public static TheoryData<LegalBasis, Purpose, ContactChannel> Objections
    {
        get
        {
            var data = new TheoryData<LegalBasis, Purpose, ContactChannel>();
            foreach (var basis in new[] { LegalBasis.Consent, LegalBasis.Contract, LegalBasis.LegitimateInterest, LegalBasis.LegalObligation })
            {
                foreach (var purpose in Purposes)
                {
                    data.Add(basis, purpose, ContactChannel.Unspecified);
                }

                data.AddRange([.. Media.Skip(1).Select(medium => (basis, Purpose.DirectMarketing, medium))]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Objections))]
    [Trait("Compliance", "R-075")]
    [Trait("Compliance", "R-076")]
    public void What_the_gate_permits_after_an_objection_has_an_end_to_come_and_what_it_denies_has_none(LegalBasis basis, Purpose objected, ContactChannel medium)
    {
        var policy = Resting(basis);
        var history = ConsentHistory.Fold([.. Purposes.Select(Given), Objected(objected, medium)], Activity.OfNothing(policy));
        var ends = new GrantEnds(policy, Ask.Customer, history, age: null);

        List<string> differences = [];
        foreach (var (purpose, asked) in Purposes.SelectMany(purpose => Asked(purpose).Select(asked => (purpose, asked))))
        {
            var question = Ask.About(Ask.Customer).By(asked) with { OccurredAt = Ask.Now.AddHours(-2), Recipient = purpose == Purpose.ThirdPartySharing ? "partner" : "" };
            var before = (question with { Now = question.OccurredAt, History = ConsentHistory.Fold([.. Purposes.Select(Given)], Activity.OfNothing(policy)) }).For(purpose, policy);
            var after = (question with { History = history }).For(purpose, policy);
            Assert.Equal(Reason.None, before.Reason);
            var grant = new Grant(purpose, basis, before.Ground, after.IsPermitted ? after.EvidenceIds : before.EvidenceIds, EnumNames<Purpose>.Of(purpose), Ask.Now.AddYears(1));
            if (after.IsPermitted != GoesOn(ends, grant, question.OccurredAt) && (after.IsPermitted || IsForAll(medium)))
            {
                differences.Add($"{purpose} by {asked}: {after.Reason}");
            }
        }

        Assert.Empty(differences);
    }

    [Fact]
    [Trait("Compliance", "R-075")]
    public void An_objection_to_the_only_medium_of_an_interest_ends_it()
    {
        var policy = Ask.Assessed("DIRECT_MARKETING");
        var history = new PermissionHistory { Objections = [Ask.Objection(Purpose.DirectMarketing, ContactChannel.Post)] };
        var grant = new Grant(Purpose.DirectMarketing, LegalBasis.LegitimateInterest, EPrivacyGround.NotApplicable, ["LIA-1@1"], "IT-LI-1", Ask.Now.AddYears(1));

        Assert.True(new GrantEnds(policy, Ask.Customer, history, age: null).EndOf(grant, DataCategory.CommercialProfiling, Anchors(Ask.Now.AddDays(-3))) <= Ask.Now);
    }

    /// <summary>As readers have it: until it is decided an objection to an interest ends nothing and hides it; the log of what was shared outlives its consent as a proof (GDPR Art. 19).</summary>
    private static bool GoesOn(GrantEnds ends, Grant grant, DateTimeOffset occurredAt) =>
        ends.EndOf(grant, DataCategory.CommercialProfiling, Anchors(occurredAt)) > Ask.Now
        && ends.IsConsentInForce(grant, Ask.Now)
        && (grant.Basis != LegalBasis.LegitimateInterest || !ends.ObjectionsAgainst(grant, occurredAt).Any());

    private static bool IsForAll(ContactChannel medium) => medium == ContactChannel.Unspecified;

    private static IEnumerable<ContactChannel> Asked(Purpose purpose) => purpose == Purpose.DirectMarketing ? Media.Skip(1) : [ContactChannel.Unspecified];

    private static RetentionAnchors Anchors(DateTimeOffset at) => new() { EventTime = at, FiscalEntry = DateOnly.FromDateTime(at.UtcDateTime), LastInteraction = at };

    private static ConsentEntry Given(Purpose purpose) => A.Consent(A.Ada, request: (int)purpose) with
    {
        Purpose = purpose,
        ContactChannels = purpose == Purpose.DirectMarketing ? [.. Media.Skip(1)] : [],
        Recipient = purpose == Purpose.ThirdPartySharing ? "partner" : "",
        EffectiveAt = Ask.Now.AddDays(-10),
        ValidUntil = Ask.Now.AddYears(2),
        Evidence = null,
    };

    private static ConsentEntry Objected(Purpose purpose, ContactChannel medium) => A.Consent(A.Ada, request: 99) with
    {
        Kind = LedgerKind.Objection,
        State = ConsentState.Objected,
        Purpose = purpose,
        ContactChannels = medium == ContactChannel.Unspecified ? [] : [medium],
        EffectiveAt = Ask.Now.AddHours(-1),
        ValidUntil = null,
        Evidence = null,
    };

    /// <summary>A policy in which every purpose of a customer rests on that basis and is kept for a year.</summary>
    private static Policy Resting(LegalBasis basis) => APolicy.With(document =>
    {
        document["rules"] = new JsonArray();
        foreach (var purpose in document["purposes"]!.AsArray().Select(purpose => purpose!.AsObject()))
        {
            var name = (string)purpose["purpose"]!;
            purpose["contracts"] = new JsonArray("PURCHASE");
            foreach (var row in purpose["matrix"]!.AsArray())
            {
                row!.AsObject().Remove("requires_consent");
                row["cells"]!["CUSTOMER"] = new JsonArray(EnumNames<LegalBasis>.Of(basis));
            }

            APolicy.Assessed(name)(document);
            document["legal_rules"]!.AsArray().Add(new JsonObject { ["id"] = $"TEST-{name}", ["purpose"] = name, ["types"] = new JsonArray(), ["fields"] = new JsonArray("commerce.*"), ["reference"] = "a law" });
            document["rules"]!.AsArray().Add(new JsonObject
            {
                ["id"] = name,
                ["purpose"] = name,
                ["ends"] = new JsonArray(new JsonObject { ["anchor"] = "EVENT_TIME", ["period"] = "P12M", ["kind"] = "MAX" }),
                ["action"] = "DELETE",
                ["legal_reference"] = "a law",
            });
        }
    });
}
