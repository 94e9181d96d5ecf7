using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What a hold was placed for, from its name as records carry it: "TAX_ASSESSMENT:2033-17".</summary>
public static class HoldPurposes
{
    /// <returns>Of a name that tells no kind: what every hold permits, to answer the person.</returns>
    public static Purpose Of(string hold) => KindOf(hold) switch
    {
        HoldKind.Litigation => Purpose.LegalClaims,
        HoldKind.TaxAssessment => Purpose.AccountingTax,
        HoldKind.Art18 or HoldKind.Authority or HoldKind.Unspecified => Purpose.RightsHandling,
        var unknown => throw new InvalidOperationException($"A hold of kind {unknown} was placed for nothing."),
    };

    private static HoldKind KindOf(string hold) => EnumNames<HoldKind>.TryParse(hold.Split(':')[0], out var kind) ? kind : HoldKind.Unspecified;
}
