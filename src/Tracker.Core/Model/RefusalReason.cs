namespace Tracker.Core.Model;

/// <summary>Why a call was refused as a whole. The wire name is the member in upper snake case.</summary>
public enum RefusalReason
{
    InvalidRequest,
    Unauthenticated,
    PermissionMissing,
    ProfileNotFound,
    InteractionNotFound,
    CatalogEntryNotFound,
    NoticeUnknown,
    NoticeChanged,
    NoticeNotPrior,
    InvalidEvidence,
    NotGranular,
    PageTokenInvalid,
    Overloaded,
    QuotaExceeded,
    ShuttingDown,
    StoreUnavailable,
    ConsentNotFound,
    TokenExpired,
    GuardianRequired,
    NoAuthority,
    ControllerMismatch,
    NotObjectable,
    NoticeNotFound,
    MinorProfiling,
    WithdrawalIntervened,
    MergeRefused,
    LinkNotFound,
    ReceiptNotFound,
}
