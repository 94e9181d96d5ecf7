using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

/// <summary>
/// Names the limit where the gRPC library only says that it was exceeded. A single message is read before any
/// interceptor runs, so its status is found in the response; those of a stream come through the interceptor.
/// </summary>
internal sealed class MessageLimit(IOptions<ServerOptions> options)
{
    private const string LibraryText = "Received message exceeds the maximum configured message size.";
    private const string MessageHeader = "grpc-message";

    private readonly string _text =
        $"A message may have at most {options.Value.MaxMessageBytes} bytes ({ServerOptions.Section}:MaxMessageBytes); send fewer interactions at once.";

    public RpcException Explain(RpcException exception) => exception.Status.Detail == LibraryText
        ? new RpcException(new Status(exception.StatusCode, _text))
        : exception;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!context.Response.HasStarted && context.Response.Headers[MessageHeader] == LibraryText)
        {
            context.Response.Headers[MessageHeader] = _text;
        }
    }
}
