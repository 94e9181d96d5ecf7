using Tracker.Core.Model;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>From the number of a receipt to the sale of nobody that bears it. It ends with the last record of that sale.</summary>
public sealed record ReceiptLink(TenantId Tenant, IdentifierHash Receipt, InteractionKey Interaction, DateTimeOffset ExpireAt);
