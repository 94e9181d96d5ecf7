using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>Decisions without a store: what a sender sends, and what is known of a customer.</summary>
internal static class ACase
{
    public static readonly TenantId Tenant = new("demo");

    private static readonly SpecialProducts Pharmacy = new(new Dictionary<string, SpecialCategory> { ["insulin"] = SpecialCategory.Health, ["rosary"] = SpecialCategory.Religion, ["radar-jammer"] = SpecialCategory.CriminalOffence }, new Dictionary<string, SpecialCategory>());

    public static InteractionDecision Decide(InteractionDraft draft, params ConsentEntry[] ledger) => Decide(APolicy.Shipped, draft, ledger);

    public static InteractionDecision Decide(Policy policy, InteractionDraft draft, params ConsentEntry[] ledger)
    {
        var profile = draft.Identifiers.Count == 0 ? null : Customer(policy, ledger);
        var (interaction, violations) = Rules(policy).Judge(new Caller { Tenant = Tenant, Source = new("web"), Channel = Channel.Web }, draft, TestTracker.Noon);
        Assert.Empty(violations);
        return InteractionDecider.Decide(new InteractionCase
        {
            Interaction = interaction!,
            Policy = policy,
            Profile = profile,
            Facts = (profile?.Facts ?? Facts.None).Merge(interaction!.Establishes),
            Contract = new("order:1", IsOfAnother: false),
            SpecialProducts = Pharmacy,
            Now = TestTracker.Noon,
        });
    }

    /// <summary>Given ten days ago, for two years.</summary>
    public static ConsentEntry Consent(Purpose purpose, bool isExplicit = false) => A.Consent(A.Ada, request: (int)purpose + (isExplicit ? 100 : 0), tenant: Tenant) with
    {
        Purpose = purpose,
        ContactChannels = [],
        EffectiveAt = TestTracker.Noon.AddDays(-10),
        RecordedAt = TestTracker.Noon.AddDays(-10),
        ValidUntil = TestTracker.Noon.AddDays(-10).AddMonths(24),
        IsExplicit = isExplicit,
    };

    public static InteractionDraft Basket(params string[] products)
    {
        var order = An.Order(by: An.Ada);
        return order with { Content = new() { Commerce = order.Content.Commerce! with { Lines = [.. products.Select(product => new Core.Model.Content.CommerceLine { ProductId = product, Quantity = 1 })] } } };
    }

    private static InteractionRules Rules(Policy policy)
    {
        var (hasher, policies) = (new KeyedHasher(new FixedKeys(), TimeProvider.System), PolicyRegister.Of(new Dictionary<TenantId, Policy> { [Tenant] = policy }));
        return new(hasher, new IdentifierReader(hasher, policies), policies, Options.Create(new IngestionOptions()));
    }

    private static ProfileDraft Customer(Policy policy, ConsentEntry[] ledger) => ProfileDraft.Known(
        new Control
        {
            Tenant = Tenant,
            Profile = A.Ada,
            ConsentEpoch = ledger.Length,
            Facts = new() { IdentifiedAt = TestTracker.Noon.AddYears(-1), FirstPurchaseAt = TestTracker.Noon.AddYears(-1), LastPurchaseAt = TestTracker.Noon.AddMonths(-1) },
            LastInteractionAt = TestTracker.Noon.AddDays(-1),
            CreatedAt = TestTracker.Noon.AddYears(-1),
            ExpireAt = TestTracker.Noon.AddYears(9),
        },
        new(ledger, IsRemembered: false),
        OtherProfiles.None,
        keys: null,
        contact: null,
        age: null,
        policy,
        TestTracker.Noon);
}
