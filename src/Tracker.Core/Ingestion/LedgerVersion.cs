using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>The ledger of a profile as it was under one consent_epoch: it never changes.</summary>
public readonly record struct LedgerVersion(ProfileId Profile, long Epoch);
