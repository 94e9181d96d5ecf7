using System.Text.Json;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ControlJson
{
    public static void Write(Utf8JsonWriter json, Control control)
    {
        json.WriteString("tenant", control.Tenant.Value);
        json.WriteProfile(control.Profile);
        json.WriteNumber("consent_epoch", control.ConsentEpoch);
        json.WriteNumber("person_epoch", control.PersonEpoch);
        json.WriteTexts("members", control.Members.Select(member => member.ToString()));
        WriteLinks(json, control.Links);
        WriteFacts(json, control.Facts);
        json.WriteTexts("identifiers", control.Identifiers.Select(identifier => identifier.ToString()));
        json.WriteTime("last_interaction_at", control.LastInteractionAt);
        json.WriteTimes("lapses", control.Lapses);
        json.WriteNumber("sealed_age_bytes", control.SealedAge.Length);
        WriteHolds(json, control.Holds);
        json.WriteBoolean("is_restricted", control.IsRestricted);
        json.WriteTime("created_at", control.CreatedAt);
        json.WriteTime("expire_at", control.ExpireAt);
    }

    private static void WriteFacts(Utf8JsonWriter json, Facts facts)
    {
        json.WriteStartObject("facts");
        json.WriteTime("identified_at", facts.IdentifiedAt);
        json.WriteTime("quote_requested_at", facts.QuoteRequestedAt);
        json.WriteTime("account_opened_at", facts.AccountOpenedAt);
        json.WriteTime("account_closed_at", facts.AccountClosedAt);
        json.WriteTime("first_purchase_at", facts.FirstPurchaseAt);
        json.WriteTime("last_purchase_at", facts.LastPurchaseAt);
        json.WriteTime("contract_started_at", facts.ContractStartedAt);
        json.WriteTime("contract_ended_at", facts.ContractEndedAt);
        json.WriteTime("debt_settled_at", facts.DebtSettledAt);
        json.WriteTime("account_shown_at", facts.AccountShownAt);
        json.WriteTime("loyalty_joined_at", facts.LoyaltyJoinedAt);
        json.WriteTime("loyalty_left_at", facts.LoyaltyLeftAt);
        json.WriteTime("loyalty_shown_at", facts.LoyaltyShownAt);
        json.WriteTime("purchasing_since", facts.PurchasingSince);
        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, IReadOnlyList<ProfileLink> links)
    {
        json.WriteStartArray("links");
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("id", link.Id.ToString());
            json.WriteString("first", link.First.ToString());
            json.WriteString("second", link.Second.ToString());
            json.WriteString("undoes", link.Undoes?.ToString());
            json.WriteTime("linked_at", link.LinkedAt);
            json.WriteString("source", link.Source.Value);
            json.WriteString("case_reference", link.CaseReference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHolds(Utf8JsonWriter json, IReadOnlyList<ProfileHold> holds)
    {
        json.WriteStartArray("holds");
        foreach (var hold in holds)
        {
            json.WriteStartObject();
            json.WriteString("id", hold.Id);
            json.WriteEnums("classes", hold.Classes.Members());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
