using System.Text.Json.Nodes;
using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Consents.Receipts;

/// <summary>Writes the receipt of a consent from what is stored: ISO/IEC TS 27560, profile of the GDPR.</summary>
public sealed class ReceiptWriter(INoticeStore notices, IKeyStore keyStore, DataKeys dataKeys, PolicyRegister policies)
{
    public async Task<Receipt> WriteAsync(ConsentEntry consent, IReadOnlyList<ConsentEntry> ledger, CancellationToken cancellation)
    {
        var keys = (await keyStore.ReadAsync(consent.Tenant, [consent.Profile], cancellation))[0];
        var notice = consent is { NoticeId: { } id, NoticeVersion: { } version } ? await notices.FindAsync(consent.Tenant, id, version, cancellation) : null;
        var events = ReceiptEvents.About(consent, ledger, policies.For(consent.Tenant).ObjectionReach);
        var receiptId = $"{consent.Id}-{events[^1].Sequence}";
        var json = Write(consent, dataKeys.Open(consent, keys), notice, policies.For(consent.Tenant));
        json["receipt_id"] = receiptId;
        json["events"] = ReceiptEvents.Write(events, entry => dataKeys.Open(entry, keys));
        return new(receiptId, CanonicalJson.Write(json), notice?.Text ?? "");
    }

    private static JsonObject Write(ConsentEntry consent, EvidenceDetails? details, Notice? notice, Policy policy) => new()
    {
        ["schema_version"] = Dpv.ReceiptSchema,
        ["record_id"] = consent.Id.ToString(),
        ["pii_principal_id"] = consent.Profile.ToString(),
        ["pii_controllers"] = new JsonArray(Controller(consent, notice)),
        ["privacy_notice"] = Write(consent, notice),
        ["language"] = notice?.Language ?? "",
        ["jurisdiction"] = policy.Children.Country,
        ["purposes"] = new JsonArray(Purpose(consent, details, notice, policy)),
    };

    private static JsonObject Controller(ConsentEntry consent, Notice? notice)
    {
        var named = notice?.Scope.Controller;
        return new()
        {
            ["party_id"] = consent.Controller.Length > 0 ? consent.Controller : named?.Id ?? consent.Tenant.Value,
            ["party_name"] = named?.Name ?? "",
            ["party_contact"] = named?.Contact ?? "",
            ["party_address"] = named?.Address ?? "",
            ["party_type"] = "https://w3id.org/dpv#DataController",
        };
    }

    private static JsonObject Write(ConsentEntry consent, Notice? notice) => new()
    {
        ["id"] = consent.NoticeId ?? "",
        ["version"] = consent.NoticeVersion ?? "",
        ["sha256"] = notice?.Sha256 ?? "",
        ["uri"] = notice?.Scope.Uri ?? "",
        ["medium"] = notice is null ? "" : EnumNames<NoticeMedium>.Of(notice.Medium),
        ["shown_at"] = consent.NoticeShownAt is { } shown ? InstantJson.Text(shown) : "",
    };

    private static JsonObject Purpose(ConsentEntry consent, EvidenceDetails? details, Notice? notice, Policy policy)
    {
        List<DataCategory> categories = [.. Categories(consent, notice, policy)];
        var country = policy.Children.Country;
        return new()
        {
            ["purpose"] = EnumNames<Purpose>.Of(consent.Purpose),
            ["purpose_type"] = policy.Purposes.TryGetValue(consent.Purpose, out var rule) ? rule.Iri : Dpv.AnyPurpose,
            ["purpose_text"] = consent.PurposeText,
            ["contact_channels"] = Texts(consent.ContactChannels.Select(EnumNames<ContactChannel>.Of)),
            ["lawful_basis"] = Dpv.Basis(consent.IsExplicit),
            ["pii_information"] = new JsonArray([.. categories.Select(category => (JsonNode)new JsonObject
            {
                ["pii_type"] = EnumNames<DataCategory>.Of(category),
                ["pii_optional"] = true,
                ["special_pii_category"] = consent.IsExplicit && IsSpecial(consent.Purpose, category, policy),
            })]),
            ["collection_method"] = string.Join(", ", Method(consent, details)),
            ["storage_locations"] = Texts(notice is { Scope.StorageLocations: { Count: > 0 } stated } ? stated : [country]),
            ["retention_period"] = Texts([.. Stated(consent), .. Rules(consent, categories, policy)]),
            ["recipient_third_parties"] = Recipients(consent, notice),
            ["withdrawal_method"] = Texts(notice is { Scope.WithdrawalMethods: { Count: > 0 } methods } ? methods : [$"as given: {Place(consent)}"]),
        };
    }

    /// <summary>By what proof, of a double opt-in after that of its request; where; and whether outside online services.</summary>
    private static IEnumerable<string> Method(ConsentEntry consent, EvidenceDetails? details)
    {
        foreach (var kind in new[] { details?.DoubleOptIn?.RequestKind, consent.Evidence?.Kind }.OfType<EvidenceKind>().Where(kind => kind != EvidenceKind.Unspecified))
        {
            yield return EnumNames<EvidenceKind>.Of(kind);
        }

        yield return Place(consent);
        if (consent.IsOffline)
        {
            yield return "offline";
        }
    }

    /// <summary>The source, after its channel where it has one.</summary>
    private static string Place(ConsentEntry consent) =>
        consent.Channel == Channel.Unspecified ? consent.Source.Value : $"{EnumNames<Channel>.Of(consent.Channel)}/{consent.Source.Value}";

    private static IEnumerable<DataCategory> Categories(ConsentEntry consent, Notice? notice, Policy policy) =>
        notice is { Scope.DataCategories: { Count: > 0 } stated }
            ? stated
            : policy.FieldsNeeded(consent.Purpose).Members().Select(policy.CategoryOf).DefaultIfEmpty(DataCategory.Contact).Distinct();

    /// <summary>Whether the policy marks a field of the category, which the purpose needs, as one that GDPR Art. 9 names.</summary>
    private static bool IsSpecial(Purpose purpose, DataCategory category, Policy policy) =>
        !(policy.FieldsNeeded(purpose) & policy.Traits.Special & policy.Traits.In(category)).IsEmpty;

    /// <summary>What ends it before every rule that is longer.</summary>
    private static IEnumerable<string> Stated(ConsentEntry consent) => consent.RetentionTerm is { } term ? [$"at most {term}, as stated when it was given"] : [];

    private static IEnumerable<string> Rules(ConsentEntry consent, IEnumerable<DataCategory> categories, Policy policy) => categories
        .Select(category => policy.FindRule(consent.Purpose, category, LegalBasis.Consent))
        .OfType<RetentionRule>()
        .DistinctBy(rule => rule.Id)
        .Select(rule => $"{rule.Id}: {string.Join(", ", rule.Terminators.Select(end => $"{EnumNames<Anchor>.Of(end.Anchor)} + {end.Period}"))} ({rule.LegalReference})");

    private static JsonArray Recipients(ConsentEntry consent, Notice? notice) => new(
    [
        .. (notice?.Scope.Recipients ?? [])
            .Where(recipient => consent.Recipient.Length == 0 || recipient.Id == consent.Recipient)
            .Select(recipient => (JsonNode)new JsonObject { ["id"] = recipient.Id, ["role"] = recipient.Role, ["country"] = recipient.Country }),
    ]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
