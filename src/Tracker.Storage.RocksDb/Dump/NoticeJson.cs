using System.Text.Json;
using Tracker.Core.Consents;

namespace Tracker.Storage.RocksDb.Dump;

internal static class NoticeJson
{
    public static void Write(Utf8JsonWriter json, Notice notice)
    {
        json.WriteString("tenant", notice.Tenant.Value);
        json.WriteString("id", notice.Id);
        json.WriteString("version", notice.Version);
        json.WriteNumber("text_length", notice.Text.Length);
        json.WriteString("sha256", notice.Sha256);
        json.WriteString("language", notice.Language);
        json.WriteTime("effective_at", notice.EffectiveAt);
        json.WriteEnum("medium", notice.Medium);
        json.WriteEnums("purposes", notice.Purposes);
        json.WriteString("controller", notice.Scope.Controller?.Id);
        json.WriteTexts("recipients", notice.Scope.Recipients.Select(recipient => recipient.Id));
        json.WriteEnums("contact_channels", notice.Scope.ContactChannels);
        json.WriteEnums("data_categories", notice.Scope.DataCategories);
        json.WriteTexts("storage_locations", notice.Scope.StorageLocations);
        json.WriteTexts("withdrawal_methods", notice.Scope.WithdrawalMethods);
        json.WriteTexts("retention_terms", notice.Scope.RetentionTerms.Select(term => $"{term.Purpose} {term.Period}"));
        json.WriteTexts("rule_terms", notice.RuleTerms.Select(term => $"{term.Purpose} {term.Period}"));
        json.WriteString("soft_opt_in_rule_term", notice.SoftOptInRuleTerm?.ToString());
        json.WriteString("uri", notice.Scope.Uri);
        json.WriteBoolean("is_child_language", notice.Scope.IsChildLanguage);
        json.WriteBoolean("is_material_change", notice.Scope.IsMaterialChange);
        json.WriteBoolean("links_earlier_visits", notice.Scope.LinksEarlierVisits);
        json.WriteTime("registered_at", notice.RegisteredAt);
        json.WriteTime("expire_at", notice.ExpireAt);
    }
}
