using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Tracker.Core.Model;

namespace Tracker.Server.Hosting;

/// <summary>A refusal as google.rpc.Status, with details a program can read.</summary>
internal static class RefusalStatus
{
    private const string Domain = "tracker";

    // Status and details travel as HTTP/2 trailers; many clients take 8 KiB of them and no more.
    private const int MaxViolations = 20;
    private const int MaxMessageLength = 1_000;

    public static RpcException ToStatus(this RefusalException refusal)
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)CodeOf(refusal.Reason),
            Message = refusal.Message.Length <= MaxMessageLength ? refusal.Message : $"{refusal.Message.AsSpan(0, MaxMessageLength)}…",
            Details = { Any.Pack(new ErrorInfo { Reason = EnumNames<RefusalReason>.Of(refusal.Reason), Domain = Domain }) },
        };
        status.Details.AddRange(Details(refusal).Select(Any.Pack));
        return status.ToRpcException();
    }

    private static IEnumerable<IMessage> Details(RefusalException refusal)
    {
        if (refusal.Violations.Count > 0)
        {
            yield return new BadRequest
            {
                FieldViolations = { refusal.Violations.Take(MaxViolations).Select(violation => new BadRequest.Types.FieldViolation { Field = violation.Field, Description = violation.Description }) },
            };
        }

        if (refusal.RetryAfter is { } delay)
        {
            yield return new RetryInfo { RetryDelay = delay.ToDuration() };
        }
    }

    private static Code CodeOf(RefusalReason reason) => reason switch
    {
        RefusalReason.InvalidRequest => Code.InvalidArgument,
        RefusalReason.PageTokenInvalid => Code.InvalidArgument,
        RefusalReason.InvalidEvidence => Code.InvalidArgument,
        RefusalReason.NotGranular => Code.InvalidArgument,
        RefusalReason.NoticeNotPrior => Code.InvalidArgument,
        RefusalReason.NotObjectable => Code.InvalidArgument,
        RefusalReason.NoticeUnknown => Code.FailedPrecondition,
        RefusalReason.NoticeChanged => Code.FailedPrecondition,
        RefusalReason.Unauthenticated => Code.Unauthenticated,
        RefusalReason.PermissionMissing => Code.PermissionDenied,
        RefusalReason.ProfileNotFound => Code.NotFound,
        RefusalReason.InteractionNotFound => Code.NotFound,
        RefusalReason.CatalogEntryNotFound => Code.NotFound,
        RefusalReason.ReceiptNotFound => Code.NotFound,
        RefusalReason.ConsentNotFound => Code.NotFound,
        RefusalReason.NoticeNotFound => Code.NotFound,
        RefusalReason.TokenExpired => Code.FailedPrecondition,
        RefusalReason.GuardianRequired => Code.FailedPrecondition,
        RefusalReason.NoAuthority => Code.FailedPrecondition,
        RefusalReason.MinorProfiling => Code.FailedPrecondition,
        RefusalReason.WithdrawalIntervened => Code.FailedPrecondition,
        RefusalReason.ControllerMismatch => Code.FailedPrecondition,
        RefusalReason.MergeRefused => Code.FailedPrecondition,
        RefusalReason.LinkNotFound => Code.NotFound,
        RefusalReason.Overloaded => Code.ResourceExhausted,
        RefusalReason.QuotaExceeded => Code.ResourceExhausted,
        RefusalReason.ShuttingDown => Code.Unavailable,
        RefusalReason.StoreUnavailable => Code.Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A refusal without a status code."),
    };
}
