using Grpc.Core;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Hosting;

internal sealed class TestPolicyService(TestAct act) : Wire.PolicyService.PolicyServiceBase
{
    public override async Task<Wire.GetPolicyResponse> GetPolicy(Wire.GetPolicyRequest request, ServerCallContext context)
    {
        await act.Do(context);
        return new Wire.GetPolicyResponse();
    }
}
