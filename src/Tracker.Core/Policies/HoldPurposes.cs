using System.Diagnostics;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What a hold was placed for, and the only use that it leaves of what it keeps (compliance 3.5).</summary>
public static class HoldPurposes
{
    /// <returns>Of a hold that tells no kind: what every hold permits, to answer the person.</returns>
    public static Purpose Of(HoldKind kind) => kind switch
    {
        HoldKind.Litigation => Purpose.LegalClaims,
        HoldKind.TaxAssessment => Purpose.AccountingTax,
        HoldKind.Art18 or HoldKind.Authority or HoldKind.Unspecified => Purpose.RightsHandling,
        _ => throw new UnreachableException($"A hold of kind {kind} was placed for nothing."),
    };
}
