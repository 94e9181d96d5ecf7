using System.IO.Pipelines;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

/// <summary>Memory for messages before any of our code sees them: the library reads a message whole before it asks who sent it.</summary>
internal sealed class BudgetedMessages(MessageBudget budget, IOptions<ServerOptions> options, TimeProvider time)
{
    private const long SmallBytes = 64 * 1_024;

    private readonly BudgetLimits _limits = new(SmallBytes, options.Value.MaxMessageBytes, options.Value.MessageTimeout, time);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not { } method)
        {
            await next(context);
            return;
        }

        var isStream = method.Method.Type is MethodType.ClientStreaming or MethodType.DuplexStreaming;
        using var reader = new BudgetedReader(context.Request.BodyReader, budget, _limits, isStream);
        context.Features.Set<IRequestBodyPipeFeature>(new BudgetedBody(reader));
        await next(context);
    }

    private sealed record BudgetedBody(PipeReader Reader) : IRequestBodyPipeFeature;
}
