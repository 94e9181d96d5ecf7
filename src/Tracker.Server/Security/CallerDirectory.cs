using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Server.Security;

/// <summary>Who may call: every source by its keys, and at most one that needs none.</summary>
internal sealed class CallerDirectory
{
    private static readonly FrozenSet<Permission> AllPermissions =
        Enum.GetValues<Permission>().Where(permission => permission != Permission.Unspecified).ToFrozenSet();

    private readonly ILookup<long, (KeyHash Hash, Caller Caller)> _byKey;

    public CallerDirectory(IOptions<TenantsOptions> options)
    {
        var tenants = options.Value.Tenants.Count > 0 ? options.Value.Tenants : [Demo()];
        Policies = tenants.ToDictionary(tenant => new TenantId(tenant.Id), tenant => new PolicyChoice(tenant.Policy ?? PolicyRegister.DefaultProfile, tenant.PolicyFile));
        IsDemo = options.Value.Tenants.Count == 0;

        var sources = tenants.SelectMany(tenant => tenant.Sources.Select(source => (Options: source, Caller: ToCaller(tenant, source)))).ToArray();
        Sources = [.. sources.Select(source => source.Caller)];
        Keyless = sources.FirstOrDefault(source => source.Options.Keys.Count == 0).Caller;
        _byKey = sources
            .SelectMany(source => source.Options.Keys.Select(key => WithKey(source.Caller, key)))
            .ToLookup(entry => entry.Hash.Prefix);
    }

    /// <summary>The policy of each tenant.</summary>
    public IReadOnlyDictionary<TenantId, PolicyChoice> Policies { get; }

    public IReadOnlyList<Caller> Sources { get; }

    /// <summary>Nothing is configured.</summary>
    public bool IsDemo { get; }

    /// <summary>The source a call without a key comes from; null if every source has keys.</summary>
    public Caller? Keyless { get; }

    public Caller? Find(string key)
    {
        var hash = KeyHash.Of(key);
        return _byKey[hash.Prefix].FirstOrDefault(entry => entry.Hash.IsSameAs(hash)).Caller;
    }

    private static TenantOptions Demo() => new() { Id = "demo", Sources = { new SourceOptions { Id = "demo" } } };

    private static Caller ToCaller(TenantOptions tenant, SourceOptions source) => new()
    {
        Tenant = new TenantId(tenant.Id),
        Source = new SourceId(source.Id),
        Channel = source.Channel is null ? Channel.Unspecified : Parse<Channel>(source.Channel),
        Region = source.Region,
        DefaultPurposes = source.DefaultPurposes.ToFrozenDictionary(
            entry => entry.Key,
            entry => (IReadOnlyList<Purpose>)[.. entry.Value.Select(Parse<Purpose>)]),
        IsChildDirected = source.ChildDirected,
        HasSharedDevices = source.SharedDevices,
        MaxPerSecond = source.MaxPerSecond,
        Schemes = source.Schemes.ToFrozenDictionary(entry => Parse<IdentifierKind>(entry.Key), entry => entry.Value),
        KnownSchemes = tenant.Sources.SelectMany(other => other.Schemes.Values).ToFrozenSet(StringComparer.Ordinal),
        Permissions = AllPermissions,
    };

    private static (KeyHash Hash, Caller Caller) WithKey(Caller caller, KeyOptions key) =>
        (ParseHash(key.Sha256), caller with { Permissions = key.Permissions.Select(Parse<Permission>).ToFrozenSet() });

    private static KeyHash ParseHash(string hex) =>
        KeyHash.TryParse(hex, out var hash) ? hash : throw new InvalidOperationException("The tenants were not validated.");

    private static TEnum Parse<TEnum>(string text)
        where TEnum : struct, Enum =>
        SettingName<TEnum>.TryParse(text, out var member) ? member : throw new InvalidOperationException("The tenants were not validated.");
}
