using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Server.Hosting;
using Tracker.Server.Security;
using Tracker.Server.Tests.Ingestion;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Hosting;

public class CallTests
{
    // SHA-256 of "foo" and "bar".
    private const string FooHash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    private const string BarHash = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";

    private static readonly (string, string?)[] Keyed =
    [
        ("Tracker:Tenants:0:Id", "acme"),
        ("Tracker:Tenants:0:Sources:0:Id", "web"),
        ("Tracker:Tenants:0:Sources:0:Keys:0:Sha256", FooHash),
        ("Tracker:Tenants:0:Sources:0:Keys:0:Permissions:0", "POLICY_READ"),
        ("Tracker:Tenants:0:Sources:0:Keys:1:Sha256", BarHash),
        ("Tracker:Tenants:0:Sources:0:Keys:1:Permissions:0", "INTERACTION_WRITE"),
    ];

    public static TheoryData<RefusalException, StatusCode, string> Refusals => new()
    {
        { RefusalException.InvalidRequest([new Violation("purpose", "is required")]), StatusCode.InvalidArgument, "INVALID_REQUEST" },
        { RefusalException.PageTokenInvalid(), StatusCode.InvalidArgument, "PAGE_TOKEN_INVALID" },
        { RefusalException.InvalidEvidence([new Violation("evidence.kind", "is required")]), StatusCode.InvalidArgument, "INVALID_EVIDENCE" },
        { RefusalException.NotGranular("purpose", "no"), StatusCode.InvalidArgument, "NOT_GRANULAR" },
        { RefusalException.NoticeNotPrior("after decided_at"), StatusCode.InvalidArgument, "NOTICE_NOT_PRIOR" },
        { RefusalException.NoticeUnknown("n", "1"), StatusCode.FailedPrecondition, "NOTICE_UNKNOWN" },
        { RefusalException.NoticeChanged("n", "1"), StatusCode.FailedPrecondition, "NOTICE_CHANGED" },
        { RefusalException.Unauthenticated("no"), StatusCode.Unauthenticated, "UNAUTHENTICATED" },
        { RefusalException.PermissionMissing("P"), StatusCode.PermissionDenied, "PERMISSION_MISSING" },
        { RefusalException.NotObjectable([Purpose.DirectMarketing]), StatusCode.InvalidArgument, "NOT_OBJECTABLE" },
        { RefusalException.NoticeNotFound(), StatusCode.NotFound, "NOTICE_NOT_FOUND" },
        { RefusalException.ProfileNotFound(), StatusCode.NotFound, "PROFILE_NOT_FOUND" },
        { RefusalException.InteractionNotFound(), StatusCode.NotFound, "INTERACTION_NOT_FOUND" },
        { RefusalException.CatalogEntryNotFound(), StatusCode.NotFound, "CATALOG_ENTRY_NOT_FOUND" },
        { RefusalException.ReceiptNotFound(), StatusCode.NotFound, "RECEIPT_NOT_FOUND" },
        { RefusalException.Overloaded(TimeSpan.FromMilliseconds(250)), StatusCode.ResourceExhausted, "OVERLOADED" },
        { RefusalException.QuotaExceeded(500, TimeSpan.FromMilliseconds(250)), StatusCode.ResourceExhausted, "QUOTA_EXCEEDED" },
        { RefusalException.ShuttingDown(), StatusCode.Unavailable, "SHUTTING_DOWN" },
        { RefusalException.StoreUnavailable(), StatusCode.Unavailable, "STORE_UNAVAILABLE" },
        { RefusalException.ConsentNotFound(), StatusCode.NotFound, "CONSENT_NOT_FOUND" },
        { RefusalException.TokenExpired(), StatusCode.FailedPrecondition, "TOKEN_EXPIRED" },
        { RefusalException.GuardianRequired("actor", "no"), StatusCode.FailedPrecondition, "GUARDIAN_REQUIRED" },
        { RefusalException.NoAuthority(), StatusCode.FailedPrecondition, "NO_AUTHORITY" },
        { RefusalException.MinorProfiling(18), StatusCode.FailedPrecondition, "MINOR_PROFILING" },
        { RefusalException.WithdrawalIntervened(), StatusCode.FailedPrecondition, "WITHDRAWAL_INTERVENED" },
        { RefusalException.MergeRefused([new("second", "no")]), StatusCode.FailedPrecondition, "MERGE_REFUSED" },
        { RefusalException.LinkNotFound(), StatusCode.NotFound, "LINK_NOT_FOUND" },
        { RefusalException.ControllerMismatch(), StatusCode.FailedPrecondition, "CONTROLLER_MISMATCH" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_refusal_has_a_status() =>
        Assert.Equal(Enum.GetValues<RefusalReason>().Order(), Refusals.Select(row => row.Data.Item1.Reason).Order());

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_answered_with_its_status_and_reason(RefusalException refusal, StatusCode code, string reason)
    {
        await using var host = await CallHost.StartAsync(_ => throw refusal);

        var answer = await Refused(host.Policies.GetPolicyAsync(new(), cancellationToken: Cancellation));

        Assert.Equal((code, refusal.Message), (answer.StatusCode, answer.Status.Detail));
        var info = answer.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((reason, "tracker"), (info.Reason, info.Domain));
        Assert.Equal(refusal.RetryAfter, answer.GetRpcStatus()!.GetDetail<RetryInfo>()?.RetryDelay.ToTimeSpan());
        Assert.Empty(host.Log.Lines);
    }

    [Fact]
    public async Task Every_bad_field_of_a_request_is_named()
    {
        var violations = new[] { new Violation("profile", "is required"), new Violation("purpose", "is required") };
        await using var host = await CallHost.StartAsync(_ => throw RefusalException.InvalidRequest(violations));

        var answer = await Refused(host.Policies.GetPolicyAsync(new(), cancellationToken: Cancellation));

        Assert.Equal(["profile", "purpose"], answer.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(field => field.Field));
    }

    [Fact]
    public async Task However_many_fields_are_bad_the_answer_fits_into_trailers()
    {
        var violations = Enumerable.Range(0, 5_000).Select(i => new Violation($"types[{i}]", "is not in the catalogue")).ToArray();
        await using var host = await CallHost.StartAsync(_ => throw RefusalException.InvalidRequest(violations));

        var answer = await Refused(host.Policies.GetPolicyAsync(new(), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, answer.StatusCode);
        Assert.InRange(answer.Trailers.Sum(entry => entry.IsBinary ? entry.ValueBytes.Length : entry.Value.Length), 1, 6_000);
    }

    [Fact]
    public async Task A_fault_is_answered_without_detail_and_logged_once_without_its_message()
    {
        await using var host = await CallHost.StartAsync(_ => throw new InvalidOperationException("ada@example.com"));

        var answer = await Refused(host.Policies.GetPolicyAsync(new(), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.Internal, answer.StatusCode);
        Assert.DoesNotContain("ada", answer.Status.Detail, StringComparison.Ordinal);
        var line = Assert.Single(host.Log.Lines);
        Assert.DoesNotContain("ada", line, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", line, StringComparison.Ordinal);
        Assert.Contains(answer.Status.Detail.Split(' ')[^1].TrimEnd('.'), line, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-029")]
    public async Task A_store_that_fails_is_unavailable_and_its_fault_is_logged_without_its_message()
    {
        await using var host = await CallHost.StartAsync(_ => throw RefusalException.StoreUnavailable(new InvalidOperationException("ada@example.com")));

        var answer = await Refused(host.Policies.GetPolicyAsync(new(), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.Unavailable, answer.StatusCode);
        Assert.DoesNotContain("ada", Assert.Single(host.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_no_error()
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var host = await CallHost.StartAsync(async context =>
        {
            begun.SetResult();
            using var registration = context.CancellationToken.Register(ended.SetResult);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        });
        using var impatience = new CancellationTokenSource();

        var call = host.Policies.GetPolicyAsync(new(), cancellationToken: impatience.Token);
        await begun.Task.WaitAsync(Cancellation);
        await impatience.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Refused(call)).StatusCode);
        await ended.Task.WaitAsync(Cancellation);
        Assert.Empty(host.Log.Lines);
    }

    [Theory]
    [InlineData(null, null, StatusCode.Unauthenticated)]
    [InlineData("authorization", "Bearer baz", StatusCode.Unauthenticated)]
    [InlineData("authorization", "Basic foo", StatusCode.Unauthenticated)]
    [InlineData("authorization", "Bearer bar", StatusCode.PermissionDenied)]
    [InlineData("authorization", "Bearer foo", StatusCode.OK)]
    [InlineData("authorization", "bearer foo", StatusCode.OK)]
    [InlineData("x-api-key", "foo", StatusCode.OK)]
    public async Task A_key_opens_what_its_permissions_name(string? header, string? value, StatusCode code)
    {
        await using var host = await CallHost.StartAsync(_ => Task.CompletedTask, Keyed);
        var headers = header is null ? new Metadata() : new Metadata { { header, value! } };

        Assert.Equal(code, await StatusOf(host.Policies.GetPolicyAsync(new(), headers, cancellationToken: Cancellation)));
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("Basic foo")]
    [InlineData("Bearer")]
    public async Task A_key_without_its_scheme_is_told_as_that(string value)
    {
        await using var host = await CallHost.StartAsync(_ => Task.CompletedTask, Keyed);

        var answer = await Refused(host.Policies.GetPolicyAsync(new(), new Metadata { { "authorization", value } }, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.Unauthenticated, answer.StatusCode);
        Assert.StartsWith("The metadata 'authorization' is there, but it is not 'Bearer <key>'", answer.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("foo", answer.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_needs_a_permission_like_any_other_call()
    {
        await using var host = await CallHost.StartAsync(_ => Task.CompletedTask, Keyed);

        using var refused = host.Interactions.StreamInteractions(new Metadata { { "x-api-key", "foo" } }, cancellationToken: Cancellation);

        var answer = await Assert.ThrowsAsync<RpcException>(() => refused.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.PermissionDenied, answer.StatusCode);
        Assert.Contains("PERMISSION_INTERACTION_WRITE", answer.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_is_told_who_calls()
    {
        SourceId? source = null;
        await using var host = await CallHost.StartAsync(context => Task.FromResult(source = context.Caller().Source), Keyed);

        await host.Policies.GetPolicyAsync(new(), new Metadata { { "x-api-key", "foo" } }, cancellationToken: Cancellation);

        Assert.Equal(new SourceId("web"), source);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_told_the_limit()
    {
        await using var host = await CallHost.StartAsync(_ => Task.CompletedTask, ("Tracker:Server:MaxMessageBytes", "1048576"));
        var large = new Wire.RecordInteractionsRequest { Interactions = { Enumerable.Repeat(Sample.Purchase(), 5_000) } };

        var answer = await Refused(host.Interactions.RecordInteractionsAsync(large, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.ResourceExhausted, answer.StatusCode);
        Assert.Contains("1048576 bytes", answer.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_a_stream_over_the_limit_is_told_the_limit()
    {
        var limit = new MessageLimit(Options.Create(new ServerOptions { MaxMessageBytes = 2_000_000 }));

        var told = limit.Explain(new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size.")));

        Assert.Equal(StatusCode.ResourceExhausted, told.StatusCode);
        Assert.Contains("2000000 bytes", told.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<RpcException> Refused<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

    private static async Task<StatusCode> StatusOf<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
