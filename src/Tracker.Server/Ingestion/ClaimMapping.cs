using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Ingestion;

internal static class ClaimMapping
{
    public static ClaimDraft ToCore(this Wire.ClaimReceiptRequest wire)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var draft = new ClaimDraft
        {
            Receipt = wire.Receipt?.ToCore(at.In("receipt")),
            Identifiers = wire.Identifiers.ToCore(at, "identifiers"),
            Total = wire.Total.ToCore(at, "total"),
            BusinessDate = wire.BusinessDate.ToCore(at, "business_date"),
            ClaimedAt = wire.ClaimedAt.ToCore(at, "claimed_at"),
        };
        return draft with { Violations = violations };
    }

    public static Wire.ClaimReceiptResponse ToClaimed(this InteractionOutcome outcome) => new() { Result = outcome.ToWire().Result };
}
