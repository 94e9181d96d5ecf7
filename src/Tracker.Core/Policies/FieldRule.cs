using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>What the policy says of one field (compliance 2.3). Every field of the contract must have one .</summary>
public sealed record FieldRule(ContentField Field, DataCategory Category)
{
    /// <summary>Reveals what GDPR Art. 9 names.</summary>
    public bool IsSpecialCategory { get; init; }

    /// <summary>About criminal convictions or offences (GDPR Art. 10): always denied.</summary>
    public bool IsCriminal { get; init; }

    /// <summary>Derived, not given; left out of portability.</summary>
    public bool IsInferred { get; init; }

    public bool IsThirdPartyData { get; init; }

    /// <summary>May hold anything; not admissible for PROFILING.</summary>
    public bool IsFreeText { get; init; }
}
