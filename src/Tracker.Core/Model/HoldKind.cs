namespace Tracker.Core.Model;

/// <summary>Why a hold keeps data beyond its rule (compliance 3.5). Numbers are stored; never reuse one.</summary>
public enum HoldKind : byte
{
    Unspecified = 0,
    Litigation = 1,
    TaxAssessment = 2,
    Art18 = 3,
    Authority = 4,
}
