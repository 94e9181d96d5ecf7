using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>A basis that a cell of the matrix admits, and the ePrivacy ground it stands with.</summary>
public sealed record AdmissibleBasis(LegalBasis Basis, EPrivacyGround Ground);
