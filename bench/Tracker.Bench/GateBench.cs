using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Bench;

/// <summary>
/// One order of a customer of known age with ten consents in the ledger, each for one address and with what was said of how long data is
/// kept, asked for its two default purposes, marketing and profiling, under three identifiers and with an address in its content.
/// The bar: the gate takes at most 2 microseconds for an interaction when the profile's control is at hand.
/// </summary>
[MemoryDiagnoser]
public class GateBench
{
    private static readonly Purpose[] Purposes = [Purpose.OrderFulfilment, Purpose.AccountingTax, Purpose.DirectMarketing, Purpose.Profiling];

    private static readonly SubjectAge Age = new(new(1990, 5, 17), "IT") { StatedAt = TestTracker.Noon.AddYears(-1) };

    private readonly Policy _policy = APolicy.Shipped;
    private readonly InteractionCase _case;
    private readonly GateQuestion _question;

    public GateBench()
    {
        var tenant = new TenantId("demo");
        var (hasher, policies) = (new KeyedHasher(new FixedKeys(), TimeProvider.System), PolicyRegister.Of(new Dictionary<TenantId, Policy> { [tenant] = _policy }));
        var rules = new InteractionRules(hasher, new IdentifierReader(hasher, policies), policies, Options.Create(new IngestionOptions()));
        var draft = An.Order(by: An.Ada) with
        {
            Purposes = Purposes,
            Identifiers = [An.Ada, new(IdentifierKind.Phone, "+393331234567"), new(IdentifierKind.LoyaltyCard, "4711")],
            Content = An.Order().Content.Over(new() { Contact = new() { GivenName = "Ada", Email = An.Ada.Value } }),
        };
        var interaction = rules.Judge(new Caller { Tenant = tenant, Source = new("web") }, draft, TestTracker.Noon).Sound!;
        var facts = new Facts
        {
            IdentifiedAt = TestTracker.Noon.AddYears(-1),
            FirstPurchaseAt = TestTracker.Noon.AddYears(-1),
            LastPurchaseAt = TestTracker.Noon.AddMonths(-1),
        };
        var profile = ProfileDraft.Known(
            new Control
            {
                Tenant = tenant,
                Profile = A.Ada,
                ConsentEpoch = 10,
                Facts = facts,
                LastInteractionAt = TestTracker.Noon.AddDays(-1),
                CreatedAt = TestTracker.Noon.AddYears(-1),
                ExpireAt = TestTracker.Noon.AddYears(9),
            },
            new(Ledger(tenant, interaction.Identifiers), IsRemembered: false),
            OtherProfiles.None,
            keys: null,
            contact: null,
            age: Age,
            _policy,
            TestTracker.Noon);
        _case = new InteractionCase
        {
            Interaction = interaction,
            Policy = _policy,
            Profile = profile,
            Facts = facts.Merge(interaction.Establishes),
            Contract = new("order:1", IsOfAnother: false) { IsNamed = true },
            Now = TestTracker.Noon,
        };
        _question = new GateQuestion
        {
            Type = interaction.Type,
            HasPerson = true,
            Identifiers = interaction.Identifiers,
            StatedAddresses = interaction.StatedAddresses,
            Age = Age,
            Facts = _case.Facts,
            History = profile.History,
            Contract = _case.Contract,
            IsMessage = false,
            LastInteractionAt = interaction.OccurredAt,
            OccurredAt = interaction.OccurredAt.AddMinutes(-5),
            Now = TestTracker.Noon,
        };
    }

    /// <summary>The gate alone: the stages, and a basis with its proof for each of the four purposes.</summary>
    [Benchmark]
    public int Gate()
    {
        var standing = Standing.Of(_policy, _question);
        var permitted = 0;
        foreach (var purpose in Purposes)
        {
            permitted += Core.Policies.Gate.Decide(_policy, purpose, _question, standing).IsPermitted ? 1 : 0;
        }

        return permitted;
    }

    /// <summary>All of step 4 and what step 5 decides: the gate, the fields, and the calendar of every grant.</summary>
    [Benchmark]
    public int Decision() => InteractionDecider.Decide(_case).Records.Count;

    /// <summary>Marketing by e-mail and profiling in force, and eight others, some ended.</summary>
    private static ConsentEntry[] Ledger(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers)
    {
        Purpose[] given =
        [
            Purpose.Analytics, Purpose.Personalisation, Purpose.EmailTracking, Purpose.ThirdPartySharing, Purpose.Profiling,
            Purpose.DirectMarketing, Purpose.Analytics, Purpose.DirectMarketing, Purpose.Profiling, Purpose.DirectMarketing,
        ];
        return [.. given.Select((purpose, i) => A.Consent(A.Ada, request: i + 1, tenant: tenant) with
        {
            Purpose = purpose,
            ContactChannels = purpose == Purpose.DirectMarketing ? [i > 6 ? ContactChannel.Email : ContactChannel.Sms] : [],
            Addresses = purpose == Purpose.DirectMarketing ? [identifiers[i > 6 ? 0 : 1]] : [],
            RetentionTerm = CalendarPeriod.OfMonths(purpose == Purpose.DirectMarketing ? 24 : 12),
            EffectiveAt = TestTracker.Noon.AddDays(-200 + i),
            RecordedAt = TestTracker.Noon.AddDays(-200 + i),
            ValidUntil = i < 3 ? TestTracker.Noon.AddDays(-100) : TestTracker.Noon.AddDays(500),
        })];
    }
}
