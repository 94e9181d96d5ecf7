using System.Diagnostics;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>The policy in force per tenant.</summary>
public sealed class PolicyRegister
{
    public Policy For(TenantId tenant) => throw new UnreachableException(tenant.Value);
}
