namespace Tracker.Core.Model;

/// <summary>Whose an order, quote or contract is: a contract basis needs one of the same person (R-022, E39).</summary>
/// <param name="Reference">Keyed hash of (tenant, kind, number).</param>
public sealed record ContractLink(TenantId Tenant, UInt128 Reference, ProfileId Profile, DateTimeOffset ExpireAt);
