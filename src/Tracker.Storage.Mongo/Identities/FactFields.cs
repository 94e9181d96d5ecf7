using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Identities;

internal static class FactFields
{
    public static void Write(DocumentWriter written, Facts facts)
    {
        written.Time("identified_at", facts.IdentifiedAt);
        written.Time("quote_requested_at", facts.QuoteRequestedAt);
        written.Time("account_opened_at", facts.AccountOpenedAt);
        written.Time("account_closed_at", facts.AccountClosedAt);
        written.Time("first_purchase_at", facts.FirstPurchaseAt);
        written.Time("last_purchase_at", facts.LastPurchaseAt);
        written.Time("contract_started_at", facts.ContractStartedAt);
        written.Time("contract_ended_at", facts.ContractEndedAt);
        written.Time("debt_settled_at", facts.DebtSettledAt);
        written.Time("account_shown_at", facts.AccountShownAt);
        written.Time("loyalty_joined_at", facts.LoyaltyJoinedAt);
        written.Time("loyalty_left_at", facts.LoyaltyLeftAt);
        written.Time("loyalty_shown_at", facts.LoyaltyShownAt);
        written.Time("purchasing_since", facts.PurchasingSince);
    }

    public static Facts Read(BsonDocument document) => new()
    {
        IdentifiedAt = document.NullableTime("identified_at"),
        QuoteRequestedAt = document.NullableTime("quote_requested_at"),
        AccountOpenedAt = document.NullableTime("account_opened_at"),
        AccountClosedAt = document.NullableTime("account_closed_at"),
        FirstPurchaseAt = document.NullableTime("first_purchase_at"),
        LastPurchaseAt = document.NullableTime("last_purchase_at"),
        ContractStartedAt = document.NullableTime("contract_started_at"),
        ContractEndedAt = document.NullableTime("contract_ended_at"),
        DebtSettledAt = document.NullableTime("debt_settled_at"),
        AccountShownAt = document.NullableTime("account_shown_at"),
        LoyaltyJoinedAt = document.NullableTime("loyalty_joined_at"),
        LoyaltyLeftAt = document.NullableTime("loyalty_left_at"),
        LoyaltyShownAt = document.NullableTime("loyalty_shown_at"),
        PurchasingSince = document.NullableTime("purchasing_since"),
    };
}
