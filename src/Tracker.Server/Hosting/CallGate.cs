using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Tracker.Server.Hosting;

/// <summary>A check that every call passes before it runs, whatever its shape. Health and reflection are open to all.</summary>
internal abstract class CallGate : Interceptor
{
    private static readonly string[] OpenServices = ["/grpc.health.", "/grpc.reflection."];

    public sealed override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Pass(context);
        return continuation(request, context);
    }

    public sealed override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Pass(context);
        return continuation(requestStream, context);
    }

    public sealed override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Pass(context);
        return continuation(request, responseStream, context);
    }

    public sealed override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Pass(context);
        return continuation(requestStream, responseStream, context);
    }

    protected abstract void Check(ServerCallContext context);

    private void Pass(ServerCallContext context)
    {
        if (!OpenServices.Any(open => context.Method.StartsWith(open, StringComparison.Ordinal)))
        {
            Check(context);
        }
    }
}
