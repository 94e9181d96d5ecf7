using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What a hold was placed for, from its name as records carry it: "TAX_ASSESSMENT:2033-17".</summary>
public static class HoldPurposes
{
    public static Purpose Of(string hold) => hold.Split(':')[0] switch
    {
        "LITIGATION" => Purpose.LegalClaims,
        "TAX_ASSESSMENT" => Purpose.AccountingTax,
        _ => Purpose.RightsHandling,
    };
}
