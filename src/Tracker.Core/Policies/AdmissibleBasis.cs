using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>A basis that a cell of the matrix admits, and the ePrivacy ground it stands with.</summary>
public sealed record AdmissibleBasis(LegalBasis Basis, EPrivacyGround Ground)
{
    /// <summary>The contract it means is the terms of an account: it carries while the account is open (compliance 2.4, note 2).</summary>
    public bool IsOnAccountTerms { get; init; }

    /// <summary>It carries only what names neither a person nor a device .</summary>
    public bool IsIfMinimised { get; init; }
}
