using System.Collections.Frozen;
using Tracker.Core.Model;
using Tracker.Core.Policies.Reading;

namespace Tracker.Core.Policies;

/// <summary>The policy in force per tenant, loaded at start. While running nothing of it changes but which policies were in force before it, as the archive tells.</summary>
public sealed class PolicyRegister
{
    /// <summary>Profile of a tenant that names none.</summary>
    public const string DefaultProfile = "it-seed-strict";

    private readonly FrozenDictionary<TenantId, Policy> _byTenant;

    private PolicyRegister(FrozenDictionary<TenantId, Policy> byTenant) => _byTenant = byTenant;

    /// <summary>The profiles that there are, by name.</summary>
    internal static IReadOnlyList<string> Shipped { get; } =
    [
        .. typeof(PolicyRegister).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("policies/", StringComparison.Ordinal))
            .Select(name => name["policies/".Length..^".json".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <param name="profiles">The name of the shipped profile each tenant has chosen.</param>
    /// <exception cref="PolicyInvalidException">A profile does not exist or is not valid.</exception>
    public static PolicyRegister Load(IReadOnlyDictionary<TenantId, string> profiles)
    {
        var loaded = profiles.Values.Distinct().ToDictionary(name => name, LoadShipped);
        return Of(profiles.ToDictionary(tenant => tenant.Key, tenant => loaded[tenant.Value]));
    }

    public static PolicyRegister Of(IReadOnlyDictionary<TenantId, Policy> policies) => new(policies.ToFrozenDictionary(tenant => tenant.Key, tenant => tenant.Value.OfItsOwn()));

    /// <summary>A tenant's own: always an overlay, so that the bounds of a shipped profile hold for it.</summary>
    /// <exception cref="PolicyInvalidException">It is none, or not a valid one.</exception>
    public static Policy LoadOverlay(string name, ReadOnlySpan<byte> json)
    {
        if (!PolicyJson.Parse(name, json).ContainsKey("extends"))
        {
            throw new PolicyInvalidException(name, [new("$.extends", $"a policy of a tenant is laid on one of: {string.Join(", ", Shipped)}")]);
        }

        var policy = PolicyReader.Read(name, json);
        return Shipped.Any(profile => policy.Version.StartsWith($"{profile}@", StringComparison.Ordinal))
            ? throw new PolicyInvalidException(name, [new("$.profile", "is the name of a shipped profile; what this one decides would be taken for decided by that")])
            : policy;
    }

    public static Policy LoadShipped(string profile)
    {
        using var stream = typeof(PolicyRegister).Assembly.GetManifestResourceStream($"policies/{profile}.json")
            ?? throw new PolicyInvalidException(profile, [new("$", $"there is no such profile; shipped are: {string.Join(", ", Shipped)}")]);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return PolicyReader.Read(profile, bytes.ToArray());
    }

    public IReadOnlyCollection<TenantId> Tenants => _byTenant.Keys;

    public Policy For(TenantId tenant) => _byTenant[tenant];
}
