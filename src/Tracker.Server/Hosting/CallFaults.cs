using Grpc.Core;
using Tracker.Core.Model;

namespace Tracker.Server.Hosting;

/// <summary>What a caller is told of an exception, and what is logged of it: never anything of the request.</summary>
internal sealed partial class CallFaults(MessageLimit limit, ILogger<CallFaults> log)
{
    public RpcException ToStatus(Exception exception, ServerCallContext context) => exception switch
    {
        RefusalException { InnerException: null } refusal => refusal.ToStatus(),
        RefusalException refusal => Failed(refusal, context),
        RpcException rpc => limit.Explain(rpc),
        _ when context.CancellationToken.IsCancellationRequested => new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled or its deadline passed.")),
        _ => Fault(exception, context),
    };

    /// <summary>The caller may repeat it; somebody must see why.</summary>
    private RpcException Failed(RefusalException refusal, ServerCallContext context)
    {
        LogFault(context.Method, context.GetHttpContext().TraceIdentifier, new(refusal));
        return refusal.ToStatus();
    }

    private RpcException Fault(Exception exception, ServerCallContext context)
    {
        var correlation = context.GetHttpContext().TraceIdentifier;
        LogFault(context.Method, correlation, new(exception));
        return new RpcException(new Status(StatusCode.Internal, $"The server failed on this call. Its log has the fault under {correlation}."));
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "{Method} failed, {Correlation}: {Fault}")]
    private partial void LogFault(string method, string correlation, ToldFault fault);
}
