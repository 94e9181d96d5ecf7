using Grpc.Core;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Core.Retention.Simulation;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal sealed class PolicyService(PolicyRegister policies, RecordExplainer explainer, ContactExplainer contacts, RetentionSimulation simulation) : Wire.PolicyService.PolicyServiceBase
{
    public override Task<Wire.GetPolicyResponse> GetPolicy(Wire.GetPolicyRequest request, ServerCallContext context) =>
        Task.FromResult(policies.For(context.Caller().Tenant).ToWire());

    public override async Task<Wire.ExplainRecordResponse> ExplainRecord(Wire.ExplainRecordRequest request, ServerCallContext context)
    {
        var query = request.ToCore();
        var explanation = query.Key is { } key
            ? await explainer.ExplainAsync(context.Caller(), key, query.Purpose, context.CancellationToken)
            : await explainer.ExplainAsync(context.Caller(), query.MessageId, query.Source, query.Purpose, context.CancellationToken);
        return explanation.ToWire();
    }

    public override async Task<Wire.ExplainContactResponse> ExplainContact(Wire.ExplainContactRequest request, ServerCallContext context)
    {
        var (profile, purpose) = request.ToCore();
        return (await contacts.ExplainAsync(context.Caller(), profile, purpose, context.CancellationToken)).ToWire();
    }

    public override async Task SimulateRetention(
        Wire.SimulateRetentionRequest request,
        IServerStreamWriter<Wire.SimulateRetentionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var progress in simulation.SimulateAsync(context.Caller(), request.ToCore(), context.CancellationToken))
        {
            await responseStream.WriteAsync(progress.ToWire(), context.CancellationToken);
        }
    }
}
