using Grpc.Core;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal sealed class PolicyService(PolicyRegister policies, RecordExplainer explainer) : Wire.PolicyService.PolicyServiceBase
{
    public override Task<Wire.GetPolicyResponse> GetPolicy(Wire.GetPolicyRequest request, ServerCallContext context) =>
        Task.FromResult(policies.For(context.Caller().Tenant).ToWire());

    public override async Task<Wire.ExplainRecordResponse> ExplainRecord(Wire.ExplainRecordRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var explanation = query.Key is { } key
            ? await explainer.ExplainAsync(context.Caller(), key, query.Purpose, context.CancellationToken)
            : await explainer.ExplainAsync(context.Caller(), query.MessageId, query.Purpose, context.CancellationToken);
        return explanation.ToWire();
    }
}
